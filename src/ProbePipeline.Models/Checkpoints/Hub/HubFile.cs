namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>A file of a repository as the hub states it.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Hash">SHA-256 of a large file's content, the git hash of a small one's: the name of its blob in the cache.</param>
/// <param name="IsLarge">Whether the hash is SHA-256.</param>
internal sealed record HubFile(string Path, long Size, string Hash, bool IsLarge);
