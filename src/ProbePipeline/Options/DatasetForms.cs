using System.Collections.Immutable;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Ade20kParts;
using ProbePipeline.Inputs.Datasets.CocoParts;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Opening;

namespace ProbePipeline.Options;

/// <summary>Every form of dataset, with the keys that it takes beside <c>name</c>, <c>images</c> and <c>select</c>.</summary>
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

    /// <summary>The forms, in the order of the reference.</summary>
    public static ImmutableArray<DatasetForm> All { get; } =
    [
        new(
            DatasetOptions.PartScenes,
            "`partscenes` is generated: pictures of two grey objects that carry parts, whose names depend on the object.",
            [], ["seed"], options => new PartScenes(options.Seed, options.Images)),
        new(
            DatasetOptions.Manifest,
            "`manifest` is a table with a row a part: JSON lines, CSV, Parquet, or a folder of Parquet files as the Hugging Face datasets library writes them.",
            ["path"], ["files", "pictures", "columns"],
            options => new ManifestDataset(new ManifestOptions { Path = DatasetFolder.Of(options.Path!), Files = options.Files ?? "*.parquet", Pictures = options.Pictures, Columns = options.Columns })),
        new(
            DatasetOptions.CocoParts,
            "`coco-parts`: parts in COCO's form (PACO, PartImageNet); `path` is the JSON file.",
            ["path"], ["pictures"], options => new CocoPartsDataset(options.Path!, options.Pictures)),
        new(
            DatasetOptions.PanopticParts,
            "`panoptic-parts`: Pascal or Cityscapes Panoptic Parts; `path` is the folder of labels.",
            ["path", "pictures", "definitions"], [], options => new PanopticPartsDataset(options.Path!, options.Pictures!, options.Definitions!)),
        new(
            DatasetOptions.Ade20kParts,
            "`ade20k-parts`: ADE20K with parts; `path` is its folder.",
            ["path"], [], options => new Ade20kPartsDataset(options.Path!)),
    ];

    /// <summary>What does not go together.</summary>
    public static IEnumerable<(string Key, string Message)> Check(ExperimentOptions options)
    {
        var dataset = options.Dataset;
        if (All.FirstOrDefault(form => form.Name == dataset.Name) is not { } form)
        {
            yield break;
        }

        string[] known = [.. form.Required, .. form.Optional];
        string[] given = [.. Keys.Where(key => key.IsGiven(dataset)).Select(key => key.Key)];
        foreach (var key in given.Except(known))
        {
            yield return ($"dataset.{key}", $"a dataset of the form {form.Name} has no {key}; expected name, images, select{string.Concat(known.Select(name => $", {name}"))}");
        }

        if (form.Required.Except(given).Any())
        {
            yield return ("dataset", $"a dataset of the form {form.Name} lies on disk; expected {Listed(form.Required)}");
        }
    }

    private static string Listed(ImmutableArray<string> keys) =>
        keys.Length == 1 ? $"the key {keys[0]}, which says where" : $"the keys {string.Join(", ", keys[..^1])} and {keys[^1]}";
}
