namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>Where the hub and its cache are: the variables of huggingface_hub 1.0 ("Environment variables").</summary>
public sealed record HubSettings
{
    /// <summary>The folder of all cached repositories.</summary>
    public required string Cache { get; init; }

    /// <summary>The hub.</summary>
    public Uri Endpoint { get; init; } = new("https://huggingface.co");

    /// <summary>Who asks; null: nobody. It goes to <see cref="Endpoint"/> alone and stands in no message.</summary>
    public string? Token { get; init; }

    /// <summary>Whether nothing may be asked.</summary>
    public bool IsOffline { get; init; }

    /// <summary>How long nothing may come before a connection counts as lost.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From <c>HF_HUB_CACHE</c>, <c>HF_HOME</c>, <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c> (or the file <c>token</c> in <c>HF_HOME</c>) and <c>HF_HUB_OFFLINE</c>.</summary>
    /// <exception cref="CheckpointException">The endpoint is no address.</exception>
    public static HubSettings FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="FromEnvironment"/>
    /// <param name="variable">Gives a variable; null where it is not set.</param>
    internal static HubSettings From(Func<string, string?> variable)
    {
        var home = Set("HF_HOME") ?? Path.Combine(
            Set("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "huggingface");
        var endpoint = Set("HF_ENDPOINT") ?? "https://huggingface.co";
        return new HubSettings
        {
            Cache = Set("HF_HUB_CACHE") ?? Path.Combine(home, "hub"),
            Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
                ? address
                // What stands for a user in an address is a secret, also where the rest is no address.
                : throw new CheckpointException($"HF_ENDPOINT: expected an address such as https://huggingface.co; found '{endpoint[(endpoint.LastIndexOf('@') + 1)..]}'"),
            Token = (Set("HF_TOKEN") ?? TokenFile(Path.Combine(home, "token")))?.Trim() is { Length: > 0 } token ? RequireToken(token) : null,
            IsOffline = Set("HF_HUB_OFFLINE")?.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON",
        };

        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>Without the token: settings may stand in a log.</summary>
    public override string ToString() => $"{ShownEndpoint}, cache {Cache}{(IsOffline ? ", offline" : "")}";

    /// <summary>The hub as errors name it: without what stands for a user in its address.</summary>
    internal string ShownEndpoint => Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);

    // What no header can carry is said here, since the system's own error would show it.
    private static string RequireToken(string token) => token.All(character => character is >= ' ' and <= '~')
        ? token
        : throw new CheckpointException($"HF_TOKEN: expected a token of letters, digits and signs; found {token.Length} characters with others among them; copy it again");

    private static string? TokenFile(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
