using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>A revision of a repository: its commit and files, as <c>/api/models/ID/revision/REVISION?blobs=true</c> gives them (huggingface_hub 1.0, hf_api.py, model_info).</summary>
internal sealed partial record HubListing(string Commit, ImmutableArray<HubFile> Files)
{
    // A terabyte: sums of as many files as there may be stay numbers of 64 bits.
    private const long LargestFile = 1L << 40;

    /// <exception cref="CheckpointException">The answer has another form, or names a file that would leave its folder.</exception>
    public static HubListing Parse(byte[] json, HubId id)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            var root = parsed.RootElement;
            var commit = root.GetProperty("sha").GetString() ?? "";
            return Hash().IsMatch(commit) ? new HubListing(commit, [.. root.GetProperty("siblings").EnumerateArray().Select(file => File(file, id))]) : throw Unknown(id, $"the commit '{commit}'");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException($"{id}: the hub's answer has a form that is not known ({error.Message}); is HF_ENDPOINT a hub?", error);
        }
    }

    private static HubFile File(JsonElement file, HubId id)
    {
        var path = file.GetProperty("rfilename").GetString() ?? "";
        if (path.Length == 0 || Path.IsPathRooted(path) || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) || path.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new CheckpointException($"{id}: the hub names the file '{path}', which leaves the repository's folder; nothing is downloaded");
        }

        var isLarge = file.TryGetProperty("lfs", out var large) && large.ValueKind == JsonValueKind.Object;
        var hash = (isLarge ? large.GetProperty("sha256") : file.GetProperty("blobId")).GetString() ?? "";
        var size = file.GetProperty("size").GetInt64();
        if (size is < 0 or > LargestFile)
        {
            throw new CheckpointException($"{id}: the hub states {size} bytes for {path}; expected 0 to {LargestFile}; is HF_ENDPOINT a hub?");
        }

        return Hash().IsMatch(hash) ? new HubFile(path, size, hash, isLarge) : throw Unknown(id, $"the hash '{hash}' of {path}");
    }

    private static CheckpointException Unknown(HubId id, string what) => new($"{id}: the hub's answer holds {what}, expected hexadecimal digits; is HF_ENDPOINT a hub?");

    // The name of a file in the cache: nothing but digits.
    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Hash();
}
