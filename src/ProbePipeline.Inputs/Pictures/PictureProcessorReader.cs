using System.Text.Json;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// Reads a checkpoint folder's picture processor: preprocessor_config.json, or where that is absent the part "image_processor" of
/// processor_config.json. Defaults of missing keys are those of the classes in transformers 5.23 (Phi-3-Vision: of its own code).
/// </summary>
/// <remarks>The "Fast" classes resize by torchvision; what is read here always resizes as Pillow does, like the classes without the suffix.</remarks>
public static class PictureProcessorReader
{
    /// <summary>Tiles of Phi-3-Vision, all of which are made of every picture, empty or not; published files have 4 or 16.</summary>
    private const int MostCrops = 64;

    // A page of settings; the shared file may hold more than the processor's.
    private const int LargestFile = 16 << 20;

    private static readonly PictureSize DefaultSize = new(224, 224);
    private static readonly ResizeTarget DefaultEdge = ResizeTarget.ShortestEdge(224);

    // By the class without the endings Fast and Pil.
    private static readonly Dictionary<string, Func<PreprocessorSettings, PictureProcessor>> Readers = new()
    {
        ["CLIPImageProcessor"] = Clip,
        ["LlavaImageProcessor"] = settings => Clip(settings) with { PadToSquare = settings.Flag("do_pad", false) },
        ["SiglipImageProcessor"] = settings =>
            SingleTile(settings, ResizeTarget.Exactly(DefaultSize), crops: false, PixelNormalization.Symmetric),
        ["ViTImageProcessor"] = settings =>
            SingleTile(settings, ResizeTarget.Exactly(DefaultSize), crops: false, PixelNormalization.Symmetric, ResamplingFilter.Bilinear),
        ["BitImageProcessor"] = Clip,
        ["LlavaNextImageProcessor"] = LlavaNext,
        ["LlavaOnevisionImageProcessor"] = LlavaOnevision,
        ["Idefics3ImageProcessor"] = Idefics3,
        ["Qwen2VLImageProcessor"] = Qwen2Vl,
        ["Phi3VImageProcessor"] = Phi3Vision,
    };

    /// <summary>Reads the processor of a checkpoint folder.</summary>
    /// <exception cref="PictureException">No such file, no JSON, a value that is not allowed, or a class that is not supported.</exception>
    public static PictureProcessor Read(string folder)
    {
        var own = Path.Combine(folder, "preprocessor_config.json");
        var shared = Path.Combine(folder, "processor_config.json");
        if (File.Exists(own))
        {
            using var document = Parse(own);
            return Read(document.RootElement, own);
        }

        if (File.Exists(shared))
        {
            using var document = Parse(shared);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("image_processor", out var settings))
            {
                return Read(settings, shared);
            }
        }

        throw new PictureException(
            $"{folder} has neither preprocessor_config.json nor a processor_config.json with \"image_processor\". Copy the checkpoint's file there.");
    }

    private static PictureProcessor Read(JsonElement element, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new PictureException($"{file} holds {element.ValueKind} where an object with the processor's settings is expected.");
        }

        var settings = new PreprocessorSettings(element, file);
        var name = settings.ProcessorClass();
        return Readers.TryGetValue(name, out var read)
            ? read(settings)
            : throw settings.Unusable($"asks for the processor {name}, which is not supported", $"Supported are {string.Join(", ", Readers.Keys)}.");
    }

    private static SingleTileProcessor Clip(PreprocessorSettings settings) =>
        SingleTile(settings, DefaultEdge, crops: true, PixelNormalization.Clip);

    private static SingleTileProcessor SingleTile(PreprocessorSettings settings, ResizeTarget size, bool crops, PixelNormalization normalization, ResamplingFilter filter = ResamplingFilter.Bicubic) => new()
    {
        Resize = settings.Flag("do_resize", true) ? settings.Resize("size", size) : null,
        Filter = settings.Filter(filter),
        Crop = settings.Flag("do_center_crop", crops) ? settings.Crop("crop_size", DefaultSize) : null,
        Normalization = settings.Normalization(normalization),
    };

    private static LlavaNextProcessor LlavaNext(PreprocessorSettings settings)
    {
        var crop = settings.Crop("crop_size", DefaultSize);
        var defaults = new LlavaNextProcessor();
        var resolutions = settings.Resolutions("image_grid_pinpoints", defaults.Resolutions);
        var tile = crop.Height;

        // The reference resizes and crops every tile once more; in every published file that changes nothing.
        var changesTiles = crop.Width != tile || settings.Resize("size", DefaultEdge).Apply(crop) != crop;
        if (changesTiles || resolutions.Any(size => size.Height % tile != 0 || size.Width % tile != 0))
        {
            throw settings.Unusable(
                $"cuts pictures of {string.Join(", ", resolutions)} pixels into tiles of {crop}, resized by \"size\"",
                "Supported are square tiles of one \"size\" and \"crop_size\" with image_grid_pinpoints that are multiples of it.");
        }

        return defaults with
        {
            TileSize = tile,
            Resolutions = resolutions,
            Filter = settings.Filter(defaults.Filter),
            Normalization = settings.Normalization(PixelNormalization.Clip),
        };
    }

    private static LlavaNextProcessor LlavaOnevision(PreprocessorSettings settings)
    {
        var tile = settings.Crop("size", new PictureSize(384, 384));
        var multiples = Enumerable.Range(1, 6).Select(count => count * tile.Height).ToArray();
        var resolutions = settings.Resolutions("image_grid_pinpoints", [.. from height in multiples from width in multiples select new PictureSize(height, width)]);
        // The reference would crop every tile once more; no published file asks for it.
        if (tile.Width != tile.Height || settings.Flag("do_center_crop", false) || settings.Crop("crop_size", tile) != tile
            || resolutions.Any(size => size.Height % tile.Height != 0 || size.Width % tile.Width != 0))
        {
            throw settings.Unusable(
                $"cuts pictures of {string.Join(", ", resolutions)} pixels into tiles of {tile}",
                "Supported are square tiles of one \"size\" without any crop, with image_grid_pinpoints that are multiples of it.");
        }

        return new LlavaNextProcessor
        {
            TileSize = tile.Height,
            Resolutions = resolutions,
            // "anyres_max_9" of config.json, which the network insists on.
            MostTiles = 9,
            Filter = settings.Filter(ResamplingFilter.Bicubic),
            Normalization = settings.Normalization(PixelNormalization.Clip),
        };
    }

    private static Idefics3Processor Idefics3(PreprocessorSettings settings)
    {
        var defaults = new Idefics3Processor();
        return defaults with
        {
            LongestEdge = settings.Flag("do_resize", true) ? settings.Edge("size", "longest_edge", defaults.LongestEdge!.Value) : null,
            TileSize = settings.Edge("max_image_size", "longest_edge", defaults.TileSize),
            Splits = settings.Flag("do_image_splitting", defaults.Splits),
            Filter = settings.Filter(defaults.Filter),
            Normalization = settings.Normalization(PixelNormalization.Symmetric),
        };
    }

    private static Qwen2VlProcessor Qwen2Vl(PreprocessorSettings settings)
    {
        var defaults = new Qwen2VlProcessor();
        if (!settings.Flag("do_resize", true))
        {
            throw settings.Unusable("does not resize", "Pictures have to be brought to whole squares of patches: set do_resize to true.");
        }

        var (patch, merged) = (settings.Count("patch_size", defaults.PatchSize, PreprocessorSettings.LongestEdge), settings.Count("merge_size", defaults.MergedSide, PreprocessorSettings.LongestEdge));
        if ((long)patch * merged > PreprocessorSettings.LongestEdge)
        {
            throw settings.Unusable($"merges {merged} x {merged} patches of {patch} pixels", $"Expected squares of at most {PreprocessorSettings.LongestEdge} pixels along an edge.");
        }

        // Earlier files have the bounds under names of their own.
        return defaults with
        {
            LeastPixels = settings.Edge("size", "shortest_edge", settings.Count("min_pixels", defaults.LeastPixels, PreprocessorSettings.MostPixels), PreprocessorSettings.MostPixels),
            MostPixels = settings.Edge("size", "longest_edge", settings.Count("max_pixels", defaults.MostPixels, PreprocessorSettings.MostPixels), PreprocessorSettings.MostPixels),
            PatchSize = patch,
            MergedSide = merged,
            Filter = settings.Filter(defaults.Filter),
            Normalization = settings.Normalization(PixelNormalization.Clip),
        };
    }

    private static Phi3VisionProcessor Phi3Vision(PreprocessorSettings settings) => new()
    {
        MaximumTiles = settings.Count("num_crops", 1, MostCrops),
        Normalization = settings.Normalization(PixelNormalization.Clip),
    };

    private static JsonDocument Parse(string file)
    {
        try
        {
            return StrictJson.Parse(BoundedFile.Read(file, LargestFile), allowDuplicates: true);
        }
        catch (JsonException failure)
        {
            throw new PictureException($"{file} is no JSON: {failure.Message} Repair the file or fetch it again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PictureException($"{file} cannot be read ({failure.Message}). Check its permissions.", failure);
        }
    }
}
