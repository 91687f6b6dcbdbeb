using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.Selection;

namespace ProbePipeline.Options;

/// <summary>The pictures and questions that the network sees.</summary>
public sealed record DatasetOptions
{
    /// <summary>The generated pictures of two grey objects that carry parts.</summary>
    public const string PartScenes = "partscenes";

    /// <summary>A table with a row a part.</summary>
    public const string Manifest = "manifest";

    /// <summary>Parts in COCO's form, as PACO and PartImageNet are.</summary>
    public const string CocoParts = "coco-parts";

    /// <summary>Pascal Panoptic Parts and Cityscapes Panoptic Parts.</summary>
    public const string PanopticParts = "panoptic-parts";

    /// <summary>ADE20K with parts.</summary>
    public const string Ade20kParts = "ade20k-parts";

    private const int GeneratedImages = 600;

    /// <summary>The most pictures that a dataset can have.</summary>
    internal const int MostImages = 1_000_000;

    /// <summary>Which dataset, or in which form it is written.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of a generated dataset.</summary>
    public long Seed { get; init; }

    /// <summary>Number of generated pictures; of a dataset on disk the first so many, where it has more.</summary>
    public int Images { get => field > 0 ? field : IsOnDisk ? MostImages : GeneratedImages; init; }

    /// <summary>Where a dataset on disk lies; a relative path starts at the current directory. Of tables also the name of a dataset in the Hugging Face cache: org/name or org/name@revision.</summary>
    public string? Path { get; init; }

    /// <summary>Which files of a folder of tables.</summary>
    public string? Files { get; init; }

    /// <summary>The folder that paths of pictures start at; null: beside the dataset.</summary>
    public string? Pictures { get; init; }

    /// <summary>The file that names classes and parts; null: the dataset needs none.</summary>
    public string? Definitions { get; init; }

    /// <summary>Which columns of a table say what.</summary>
    public ManifestColumns Columns { get; init; } = new();

    /// <summary>Which rows are taken.</summary>
    public RowSelection Select { get; init; } = new();

    /// <summary>Whether the dataset is read from files rather than made.</summary>
    internal bool IsOnDisk => Name != PartScenes;

    /// <summary>The dataset, without any selection; nothing is read or drawn yet.</summary>
    /// <exception cref="ExperimentException">There is none of that name.</exception>
    public IPartDataset Open() => DatasetForms.All.FirstOrDefault(form => form.Name == Name)?.Open(this)
        ?? throw new ExperimentException($"expected a dataset, which is one of {string.Join(", ", DatasetForms.All.Select(form => form.Name))}; found '{Name}'");
}
