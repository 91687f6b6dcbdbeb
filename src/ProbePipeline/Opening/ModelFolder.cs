using ProbePipeline.Models.Checkpoints.Hub;

namespace ProbePipeline.Opening;

/// <summary>Where the checkpoint lies that an experiment names: a folder, or a repository of the Hugging Face hub.</summary>
internal static class ModelFolder
{
    private const double Megabyte = 1e6;

    /// <summary>Whether a text can name a model, whatever is there.</summary>
    public static bool IsNamed(string model) => Directory.Exists(model) || HubId.Parse(model) is not null;

    /// <summary>The folder; of a repository its snapshot in the cache, downloaded where it is missing. A folder of that name comes first.</summary>
    /// <param name="model">A folder, or org/name, or org/name@revision.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancellation">Stops a download; what is there by then is kept.</param>
    /// <exception cref="Models.Checkpoints.CheckpointException">There is neither.</exception>
    public static string Of(string model, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) => Directory.Exists(model) ? model
        : HubId.Parse(model) is { } id ? new HubDownload(HubSettings.FromEnvironment()).Model(id, progress is null ? null : new Megabytes(progress), cancellation)
        : throw new Models.Checkpoints.CheckpointException(
            $"{model} is no folder (looked for {Path.GetFullPath(model)}) and no name of the Hugging Face hub, such as llava-hf/llava-1.5-7b-hf or org/name@revision");

    /// <summary>The model as reports name it: with the commit, where it comes from the hub.</summary>
    /// <param name="model">What the experiment says.</param>
    /// <param name="folder">Where it was found.</param>
    public static string Named(string model, string folder) => Directory.Exists(model) || HubId.Parse(model) is not { } id ? model : $"{id.Repository}@{Path.GetFileName(folder)}";

    private sealed class Megabytes(IProgress<RunProgress> progress) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => progress.Report(new RunProgress("download", (int)(value.Done / Megabyte), (int)Math.Ceiling(value.All / Megabyte), "MB"));
    }
}
