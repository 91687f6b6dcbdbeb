using System.Collections.Immutable;
using ProbePipeline.Inputs.Datasets.Manifest;

namespace ProbePipeline.Options;

/// <summary>The forms of datasets with the keys that each takes beside <c>name</c>, <c>images</c> and <c>select</c>.</summary>
internal static class DatasetForms
{
    private static readonly ImmutableArray<(string Key, Func<DatasetOptions, bool> IsGiven)> Keys =
    [
        ("seed", options => options.Seed != 0),
        ("path", options => options.Path is not null),
        ("files", options => options.Files is not null),
        ("pictures", options => options.Pictures is not null),
        ("definitions", options => options.Definitions is not null),
        ("columns", options => options.Columns != new ManifestColumns()),
    ];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> KeysOf = ImmutableDictionary.CreateRange<string, ImmutableArray<string>>(
    [
        new(DatasetOptions.PartScenes, ["seed"]),
        new(DatasetOptions.Manifest, ["path", "files", "pictures", "columns"]),
        new(DatasetOptions.CocoParts, ["path", "pictures"]),
        new(DatasetOptions.PanopticParts, ["path", "pictures", "definitions"]),
        new(DatasetOptions.Ade20kParts, ["path"]),
    ]);

    /// <summary>Every form.</summary>
    public static ImmutableArray<string> Names { get; } = [DatasetOptions.PartScenes, DatasetOptions.Manifest, DatasetOptions.CocoParts, DatasetOptions.PanopticParts, DatasetOptions.Ade20kParts];

    /// <summary>What does not go together.</summary>
    public static IEnumerable<(string Key, string Message)> Check(ExperimentOptions options)
    {
        var dataset = options.Dataset;
        if (!KeysOf.TryGetValue(dataset.Name, out var known))
        {
            yield break;
        }

        foreach (var (key, _) in Keys.Where(key => !known.Contains(key.Key) && key.IsGiven(dataset)))
        {
            yield return ($"dataset.{key}", $"a dataset of the form {dataset.Name} has no {key}; expected name, images, select{string.Concat(known.Select(name => $", {name}"))}");
        }

        if (known.Contains("path") && dataset.Path is null)
        {
            yield return ("dataset", $"a dataset of the form {dataset.Name} lies on disk; expected the key path, which says where");
        }

        if (dataset.Name == DatasetOptions.PanopticParts && (dataset.Definitions is null || dataset.Pictures is null))
        {
            yield return ("dataset", $"a dataset of the form {dataset.Name} has labels, pictures and names apart; expected the keys path, pictures and definitions");
        }
    }
}
