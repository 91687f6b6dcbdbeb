using System.IO.Enumeration;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>The files of a repository that a checkpoint is read from. Pickled weights can run code and are never downloaded.</summary>
internal static class CheckpointFiles
{
    /// <summary>The file that says what the network is.</summary>
    public const string Configuration = "config.json";

    private const string Weights = ".safetensors";

    private static readonly string[] Settings =
    [
        Configuration, "generation_config.json", "preprocessor_config.json", "processor_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
        "chat_template.json", "chat_template.jinja", "model.safetensors.index.json",
    ];

    /// <summary>Settings, and the weights at the top of the repository: those called model, where there are such, since others are copies in another form.</summary>
    /// <exception cref="CheckpointException">There is no configuration, or there are no weights that can be read.</exception>
    public static HubFile[] Needed(IReadOnlyCollection<HubFile> files, HubId id)
    {
        var weights = files.Where(file => file.Path.EndsWith(Weights, StringComparison.Ordinal) && !file.Path.Contains('/', StringComparison.Ordinal)).ToArray();
        var named = weights.Where(file => FileSystemName.MatchesSimpleExpression("model*", file.Path)).ToArray();
        if (files.All(file => file.Path != Configuration) || weights.Length == 0)
        {
            var pickled = files.FirstOrDefault(file => PickledFiles.Holds(file.Path));
            throw new CheckpointException($"{id}: expected config.json and safetensors; found {(pickled is null ? "none" : $"{pickled.Path}: pickled weights can run code and are not read; choose a revision with safetensors")}");
        }

        return [.. files.Where(file => Settings.Contains(file.Path)), .. named.Length > 0 ? named : weights];
    }

    /// <summary>Whether a folder of the cache holds all of a checkpoint: other tools may have left only a part of it there.</summary>
    public static bool AreWhole(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Configuration)))
        {
            return false;
        }

        try
        {
            return Checkpoint.Open(folder).Tensors.Count > 0;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }
}
