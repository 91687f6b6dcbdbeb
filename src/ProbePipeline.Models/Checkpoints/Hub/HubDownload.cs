using System.Globalization;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>Finds repositories of the hub in the cache, or downloads what is needed of them into it: resumable, checked, several files at once.</summary>
public sealed class HubDownload
{
    private const int AtOnce = 4;

    private readonly HubSettings _settings;
    private readonly TimeProvider _time;
    private readonly Func<string, long> _freeSpace;

    /// <param name="settings">Where hub and cache are.</param>
    public HubDownload(HubSettings settings)
        : this(settings, TimeProvider.System)
    {
    }

    /// <param name="settings">Where hub and cache are.</param>
    /// <param name="time">Waits between attempts.</param>
    /// <param name="freeSpace">Bytes that are free for a folder; null: asks the system.</param>
    internal HubDownload(HubSettings settings, TimeProvider time, Func<string, long>? freeSpace = null) =>
        (_settings, _time, _freeSpace) = (settings, time, freeSpace ?? (folder => new DriveInfo(folder).AvailableFreeSpace));

    /// <summary>The folder of a model's checkpoint. Where the cache has it, nothing is asked.</summary>
    /// <param name="id">The model.</param>
    /// <param name="progress">Told how far the download is.</param>
    /// <param name="cancellation">Stops it; what is downloaded by then is kept.</param>
    /// <exception cref="CheckpointException">The model cannot be had; the message says why and what to do.</exception>
    public string Model(HubId id, IProgress<HubProgress>? progress = null, CancellationToken cancellation = default)
    {
        var cache = new HubCache(Path.Combine(_settings.Cache, id.FolderOf("models")));
        try
        {
            if (cache.Find(id.Revision) is { } found && CheckpointFiles.AreWhole(found))
            {
                return found;
            }

            return _settings.IsOffline
                ? throw new CheckpointException($"{id} is not in the cache, {_settings.Cache}, and HF_HUB_OFFLINE forbids to ask for it; unset it, or name a folder")
                : Task.Run(() => Download(id, cache, progress, cancellation), cancellation).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{id}: the cache {_settings.Cache} cannot be written ({error.Message}); check its permissions, or set HF_HUB_CACHE to another folder", error);
        }
    }

    private async Task<string> Download(HubId id, HubCache cache, IProgress<HubProgress>? progress, CancellationToken cancellation)
    {
        using var connection = new HubConnection(_settings, _time);
        var json = await connection.Get(id, $"/api/models/{id.Repository}/revision/{Uri.EscapeDataString(id.Revision)}?blobs=true", cancellation).ConfigureAwait(false);
        var listing = HubListing.Parse(json, id);
        var files = CheckpointFiles.Needed(listing.Files, id);
        var missing = files.Where(file => !cache.Has(file)).DistinctBy(file => file.Hash).ToArray();
        Directory.CreateDirectory(Path.Combine(cache.Folder, "blobs"));
        var (lacking, all) = (missing.Sum(cache.Lacking), files.Sum(file => file.Size));
        RequireRoom(id, cache, lacking);
        var done = all - lacking;
        // Earlier attempts may have left all of it: then nothing else would say so.
        progress?.Report(new HubProgress(done, all));
        var transfer = new HubTransfer(connection, id, cache, listing.Commit, bytes => progress?.Report(new HubProgress(Interlocked.Add(ref done, bytes), all)));
        // The configuration comes first: whether the model can be run is known before its gigabytes are fetched.
        var config = files.Single(file => file.Path == CheckpointFiles.Configuration);
        foreach (var file in missing.Where(file => file.Hash == config.Hash))
        {
            await transfer.Fetch(file, cancellation).ConfigureAwait(false);
        }

        RequireSupport(id, cache.Blob(config));
        var rest = missing.Where(file => file.Hash != config.Hash);
        await Parallel.ForEachAsync(rest, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (file, token) => await transfer.Fetch(file, token).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var file in files)
        {
            cache.Link(listing.Commit, file);
        }

        if (id.Revision != listing.Commit)
        {
            cache.Name(id.Revision, listing.Commit);
        }

        return cache.Snapshot(listing.Commit);
    }

    /// <summary>Builds the network's shapes from the configuration alone.</summary>
    /// <exception cref="CheckpointException">A part of it is not supported.</exception>
    private static void RequireSupport(HubId id, string config)
    {
        using var shapes = new MetaWeights();
        using var network = NetworkBuilder.Build(
            ConfigReader.Of(JsonFile.Read(config), $"{id}: {CheckpointFiles.Configuration}"), shapes, KeyGeneration.Hub, visionTower: null, TorchSharp.torch.META, $"{id}");
    }

    private void RequireRoom(HubId id, HubCache cache, long wanted)
    {
        var free = _freeSpace(cache.Folder);
        if (wanted > free)
        {
            throw new CheckpointException(string.Create(
                CultureInfo.InvariantCulture, $"{id}: {wanted / 1e9:0.0} GB are to be downloaded, and {free / 1e9:0.0} GB are free at {cache.Folder}; make room, or set HF_HUB_CACHE to another disk"));
        }
    }
}
