using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Opening;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>Folders and files that an experiment names can be used.</summary>
internal static class FolderRules
{
    public static void Check(ExperimentOptions options, SourceNode root, ProblemList problems)
    {
        if (!problems.Touch("model") && !ModelFolder.IsNamed(options.Model))
        {
            problems.Add(
                KeyPath.Find(root, "model"), "model",
                $"found \"{options.Model}\", which is no folder (looked for {Path.GetFullPath(options.Model)}); relative paths start at the current directory, "
                + "so run from the repository's root or give an absolute path; and it is no name of the Hugging Face hub such as org/name or org/name@revision");
        }

        const string ZeroShotModel = "probe.baselines.zeroShot.model";
        if (options.Probe?.Baselines.ZeroShot is { Model: var clip } && !problems.Touch(ZeroShotModel) && !ModelFolder.IsNamed(clip))
        {
            problems.Add(KeyPath.Find(root, ZeroShotModel), ZeroShotModel, $"found \"{clip}\", which is no folder (looked for {Path.GetFullPath(clip)}) and no name of the Hugging Face hub; expected a checkpoint of CLIP with both encoders");
        }

        CheckDataset(options, root, problems);
        if (!problems.Touch("output") && File.Exists(options.Output))
        {
            problems.Add(KeyPath.Find(root, "output"), "output", $"found \"{options.Output}\", which is a file, expected a folder or a path where none is yet");
        }
    }

    private static void CheckDataset(ExperimentOptions options, SourceNode root, ProblemList problems)
    {
        if (!options.Dataset.IsOnDisk || problems.Touch("dataset"))
        {
            return;
        }

        try
        {
            foreach (var (key, message) in FieldRules.Of(options, [.. options.Dataset.Open().Attributes.Select(attribute => attribute.Name)]))
            {
                problems.Add(KeyPath.Find(root, key), key, message);
            }
        }
        catch (DatasetException error)
        {
            problems.Add(KeyPath.Find(root, "dataset.path"), "dataset.path", error.Message);
        }
    }
}
