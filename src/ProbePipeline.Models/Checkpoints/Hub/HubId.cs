using System.Text.RegularExpressions;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>A repository of the Hugging Face hub: <c>org/name</c>, or <c>org/name@revision</c> with a branch, a tag or a commit.</summary>
/// <param name="Repository"><c>org/name</c>.</param>
/// <param name="Revision">A branch, a tag or a commit; <c>main</c> where none is named.</param>
public sealed partial record HubId(string Repository, string Revision)
{
    /// <summary>The revision where none is named.</summary>
    internal const string Main = "main";

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null where it is no such name; a path is none.</returns>
    public static HubId? Parse(string text) => Form().Match(text) is { Success: true } match && !text.Contains("..", StringComparison.Ordinal)
        ? new HubId(match.Groups["repository"].Value, match.Groups["revision"] is { Success: true, Value: var revision } ? revision : Main)
        : null;

    /// <summary>The folder of the repository in the cache: <c>models--org--name</c>.</summary>
    /// <param name="kind">models or datasets.</param>
    internal string FolderOf(string kind) => $"{kind}--{Repository.Replace("/", "--", StringComparison.Ordinal)}";

    /// <inheritdoc/>
    public override string ToString() => Revision == Main ? Repository : $"{Repository}@{Revision}";

    // Names as the hub allows them (huggingface_hub 1.0, validate_repo_id); revisions as git does, without what a path could hold.
    [GeneratedRegex(@"\A(?<repository>[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9_][A-Za-z0-9_.-]{0,95})(?:@(?<revision>[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}))?\z")]
    private static partial Regex Form();
}
