using System.Text.RegularExpressions;

namespace ProbePipeline;

/// <summary>
/// Takes secrets out of what is shown or stored: tokens of the Hugging Face hub, what stands for a user in an address, and values of an address that are called token, key,
/// secret, password or signature. A command line or an option may hold them, and reports are passed on.
/// </summary>
internal static partial class Redaction
{
    private const string Mark = "***";

    private static readonly string[] Variables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"];

    /// <summary>The text without them.</summary>
    public static string Of(string text) => Of(text, Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="Of(string)"/>
    /// <param name="text">The text.</param>
    /// <param name="variable">Gives an environment variable; null where it is not set.</param>
    internal static string Of(string text, Func<string, string?> variable)
    {
        // A variable of a few characters is no token, and would take words out of sentences.
        foreach (var known in Variables.Select(variable).Select(value => value?.Trim()).Where(value => value is { Length: >= 8 }))
        {
            text = text.Replace(known!, Mark, StringComparison.Ordinal);
        }

        text = Token().Replace(text, Mark);
        text = User().Replace(text, $"${{scheme}}{Mark}@");
        return Parameter().Replace(text, $"${{name}}{Mark}");
    }

    [GeneratedRegex(@"\b(?:hf|api_org)_[A-Za-z0-9]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // RFC 3986, 3.2.1; one slash where an address was taken for a path.
    [GeneratedRegex(@"(?<scheme>\b[A-Za-z][A-Za-z0-9+.-]{1,20}:/{1,2})[^/?#\s@'""]+@", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex(@"(?<name>[?&][A-Za-z0-9_-]*(?:token|key|secret|password|signature|credential)=)[^&#\s'""]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
