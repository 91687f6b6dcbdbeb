using System.Globalization;
using System.Net;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>Brings files of a commit into the cache: resumable and checked.</summary>
/// <param name="hub">Has the files.</param>
/// <param name="id">The repository.</param>
/// <param name="cache">Where they go.</param>
/// <param name="commit">The commit.</param>
/// <param name="report">Told how many bytes have come; a negative number takes back what a host sends anew.</param>
internal sealed class HubTransfer(HubConnection hub, HubId id, HubCache cache, string commit, Action<long> report)
{
    /// <summary>Fetches a file, from where an earlier attempt ended.</summary>
    /// <exception cref="CheckpointException">The hub refuses, another process fetches it, or what came is not what the hub states.</exception>
    public async Task Fetch(HubFile file, CancellationToken cancellation)
    {
        await hub.Guarded(id, token => Continue(file, token), cancellation).ConfigureAwait(false);
        var unfinished = cache.Unfinished(file);
        if (!HubCache.IsWhole(unfinished, file, cancellation))
        {
            File.Delete(unfinished);
            throw new CheckpointException(string.Create(
                CultureInfo.InvariantCulture, $"{id}: {file.Path}: expected {file.Size} bytes with the hash {file.Hash}, as the hub states; what was downloaded is something else and was deleted; try again"));
        }

        File.Move(unfinished, cache.Blob(file), overwrite: true);
    }

    /// <summary>One attempt at what is missing of a file.</summary>
    /// <returns>The bytes that are there.</returns>
    /// <exception cref="HttpRequestException">Some are still missing.</exception>
    private async Task<long> Continue(HubFile file, CancellationToken cancellation)
    {
        // Alone: a second process that downloads the same file is told so, rather than writing into it.
        using var stream = Open(cache.Unfinished(file));
        if (stream.Length > file.Size)
        {
            stream.SetLength(0);
        }

        var from = stream.Seek(0, SeekOrigin.End);
        if (from < file.Size)
        {
            var path = $"/{id.Repository}/resolve/{commit}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}";
            using var response = await hub.Send(path, from, cancellation).ConfigureAwait(false);
            if (from > 0 && response.StatusCode != HttpStatusCode.PartialContent)
            {
                // The host begins anew, whatever was asked for.
                report(-from);
                stream.SetLength(0);
            }

            using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            var buffer = new byte[1 << 17];
            for (int read; stream.Length <= file.Size && (read = await hub.Read(body, buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                report(read);
            }

            stream.Flush(flushToDisk: true);
        }

        return stream.Length < file.Size ? throw new HttpRequestException("the connection ended before the file") : stream.Length;
    }

    private FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new CheckpointException($"{id}: {path} is in use: another process downloads the same model; wait until it is done", error);
        }
    }
}
