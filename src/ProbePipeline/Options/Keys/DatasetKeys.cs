using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.Selection;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>dataset</c>.</summary>
internal static class DatasetKeys
{
    private static readonly WordForm Path = new("a path");

    private static readonly WordForm ColumnName = new("the name of a column");

    private static readonly SectionForm<ManifestColumns> Columns = new(
        () => new ManifestColumns(),
        Column("picture", "The picture: a path, bytes, or the structure of both that the Hugging Face datasets library writes.", "`picture`, `image` or `file_name`", columns => columns.Picture, (columns, name) => columns with { Picture = name }),
        Column("pictureId", "What names the picture: rows of one name ask about one picture.", "`pictureId`, else the picture's path, else the row", columns => columns.PictureId, (columns, name) => columns with { PictureId = name }),
        Column("id", "What names the row.", "`id`, else the picture's name and a number", columns => columns.Id, (columns, name) => columns with { Id = name }),
        Column("mask", "The region as a picture of the same size: a path, bytes, or a structure of both.", "`mask`", columns => columns.Mask, (columns, name) => columns with { Mask = name }),
        Column("maskValue", "The value of the region's pixels in the mask.", "`maskValue`, else everything but 0", columns => columns.MaskValue, (columns, name) => columns with { MaskValue = name }),
        Column("polygon", "The region as a polygon [x, y, x, y, ...], a list of polygons, or an RLE.", "`polygon` or `segmentation`", columns => columns.Polygon, (columns, name) => columns with { Polygon = name }),
        Column("rle", "The region as COCO's run-length encoding { size: [height, width], counts }.", "`rle`", columns => columns.Rle, (columns, name) => columns with { Rle = name }),
        Column("box", "The region as a box [x, y, width, height] in pixels.", "`box` or `bbox`", columns => columns.Box, (columns, name) => columns with { Box = name }),
        Column("point", "The region as a point [x, y] in pixels.", "`point`", columns => columns.Point, (columns, name) => columns with { Point = name }),
        Column("group", "What pictures have in common that must not be split apart, such as the object that they show.", "`group`, else every picture is by itself", columns => columns.Group, (columns, name) => columns with { Group = name }),
        Column("split", "The dataset's own split: train, validation or test.", "`split`", columns => columns.Split, (columns, name) => columns with { Split = name }),
        new OptionalListKey<ManifestColumns, string>(
            "attributes", "The columns that describe a row, for targets and questions.", new ListForm<string>(ColumnName), columns => columns.Attributes, (columns, names) => columns with { Attributes = names })
        { DefaultInWords = "every other column with a text or number, and the members of a structure `attributes`" });

    private static readonly SectionForm<RowSelection> Select = new(
        () => new RowSelection(),
        new Key<RowSelection, int>(
            "smallestRegion", "Pixels that a region has at least.", new NumberForm<int>("a number of pixels from 0", 0, int.MaxValue), options => options.SmallestRegion, (options, pixels) => options with { SmallestRegion = pixels }),
        new OptionalListKey<RowSelection, string>(
            "classes", "The classes of the target that are taken.", new ListForm<string>(new WordForm("a class of the target")), options => options.Classes, (options, classes) => options with { Classes = classes })
        { DefaultInWords = "all" },
        new OptionalNumberKey<RowSelection, int>(
            "perClass", "Rows of a class at most, drawn at random.", new NumberForm<int>("a number of rows from 1", 1, int.MaxValue), options => options.PerClass, (options, rows) => options with { PerClass = rows })
        { DefaultInWords = "all" },
        new Key<RowSelection, bool>(
            "balanced", "Whether every class gets as many rows as the rarest of those that are taken.", new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Balanced, (options, balanced) => options with { Balanced = balanced }),
        new Key<RowSelection, long>("seed", "Seed of what is drawn.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }));

    public static SectionForm<DatasetOptions> Section { get; } = new(
        () => new DatasetOptions { Name = "" },
        new Key<DatasetOptions, string>(
            "name", string.Join(' ', ["The dataset, or the form in which it is written.", .. DatasetForms.All.Select(form => form.Description)]),
            new ChoiceForm<string>([.. DatasetForms.All.Select(form => (form.Name, form.Name))]), options => options.Name, (options, name) => options with { Name = name })
        { Required = true },
        new Key<DatasetOptions, long>("seed", "Seed of generated pictures.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }),
        new Key<DatasetOptions, int>(
            "images", "Number of pictures; of a dataset on disk the first so many, where it has more.",
            new NumberForm<int>("a whole number from 5 to 1000000", 5, DatasetOptions.MostImages), options => options.Images, (options, images) => options with { Images = images })
        { DefaultInWords = "600 generated ones, or all" },
        new OptionalKey<DatasetOptions, string>(
            "path", "Where the dataset lies; a relative path starts at the current directory. Of a manifest also the name of a dataset that is in the Hugging Face cache: `org/name` or `org/name@revision`.", Path, options => options.Path, (options, path) => options with { Path = path }),
        new OptionalKey<DatasetOptions, string>(
            "files", "Which files of a folder, by a pattern such as `train-*.parquet`. Left out: all Parquet files.", new WordForm("a pattern of file names such as train-*.parquet", @"[^/\\]{1,200}"),
            options => options.Files, (options, files) => options with { Files = files }),
        new OptionalKey<DatasetOptions, string>(
            "pictures", "The folder that paths of pictures and masks start at, and that none leaves. Left out: that of the dataset.", Path, options => options.Pictures, (options, pictures) => options with { Pictures = pictures }),
        new OptionalKey<DatasetOptions, string>(
            "definitions", "The file that names classes and parts: of Panoptic Parts its own cpp_datasetspec.yaml or ppp_datasetspec.yaml.", Path, options => options.Definitions, (options, path) => options with { Definitions = path }),
        new Key<DatasetOptions, ManifestColumns>(
            "columns", "Which columns of a table say what, where they are not called as usual.", Columns, options => options.Columns, (options, columns) => options with { Columns = columns }),
        new Key<DatasetOptions, RowSelection>(
            "select", "Which rows are taken. What is left out, and why, is a table of the report.", Select, options => options.Select, (options, select) => options with { Select = select }));

    private static OptionalKey<ManifestColumns, string> Column(
        string name, string description, string usual, Func<ManifestColumns, string?> get, Func<ManifestColumns, string, ManifestColumns> with) =>
        new(name, description, ColumnName, get, with) { DefaultInWords = usual };
}
