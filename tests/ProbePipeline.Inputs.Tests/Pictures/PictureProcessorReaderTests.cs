using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Pictures;

public sealed class PictureProcessorReaderTests : IDisposable
{
    /// <summary>Leaves the bytes of a picture as they are.</summary>
    private const string Bare =
        """{"image_processor_type": "CLIPImageProcessor", "do_resize": false, "do_center_crop": false, "do_rescale": false, "do_normalize": false}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("processor").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"feature_extractor_type": "CLIPFeatureExtractor", "size": 336, "crop_size": 300}""")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessorFast", "size": {"shortest_edge": 336}, "crop_size": {"height": 300, "width": 300}}""")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessorPil", "size": {"shortest_edge": 336, "longest_edge": null}, "crop_size": [300, 300]}""")]
    public void Read_ClipInEverySpelling_IsTheSameProcessor(string json)
    {
        var processor = Assert.IsType<SingleTileProcessor>(Read(json));

        Assert.Equal(ResizeTarget.ShortestEdge(336), processor.Resize);
        Assert.Equal(new PictureSize(300, 300), processor.Crop);
        Assert.Equal(ResamplingFilter.Bicubic, processor.Filter);
        Assert.Equal(0.48145466, processor.Normalization.Mean[0]);
    }

    [Fact]
    public void Read_ClipWithoutKeys_HasTheClassDefaults()
    {
        var processor = Assert.IsType<SingleTileProcessor>(Read("""{"image_processor_type": "CLIPImageProcessor"}"""));

        Assert.Equal((ResizeTarget.ShortestEdge(224), new PictureSize(224, 224), false), (processor.Resize, processor.Crop, processor.PadToSquare));
        Assert.Equal(1 / 255.0, processor.Normalization.Factor);
    }

    [Fact]
    public void Read_SiglipWithoutKeys_ResizesExactlyAndDoesNotCrop()
    {
        var processor = Assert.IsType<SingleTileProcessor>(Read("""{"image_processor_type": "SiglipImageProcessor"}"""));

        Assert.Equal((ResizeTarget.Exactly(new PictureSize(224, 224)), null), (processor.Resize, processor.Crop));
        Assert.Equal<IEnumerable<double>>([0.5, 0.5, 0.5], processor.Normalization.Mean);
    }

    [Fact]
    public void Read_VitWithoutKeys_ResizesExactlyByBilinear()
    {
        var processor = Assert.IsType<SingleTileProcessor>(Read("""{"image_processor_type": "ViTImageProcessor"}"""));

        Assert.Equal((ResizeTarget.Exactly(new PictureSize(224, 224)), null, ResamplingFilter.Bilinear), (processor.Resize, processor.Crop, processor.Filter));
        Assert.Equal<IEnumerable<double>>([0.5, 0.5, 0.5], processor.Normalization.Mean);
    }

    [Fact]
    public void Read_SmolVlmAsPublished_CutsIntoTilesOfItsOwnSize()
    {
        // preprocessor_config.json of HuggingFaceTB/SmolVLM-256M-Instruct.
        var processor = Assert.IsType<Idefics3Processor>(Read("""
            {"image_processor_type": "Idefics3ImageProcessor", "do_image_splitting": true, "do_resize": true, "resample": 1,
             "size": {"longest_edge": 2048}, "max_image_size": {"longest_edge": 512}}
            """));

        Assert.Equal((2048, 512, true, ResamplingFilter.Lanczos), (processor.LongestEdge, processor.TileSize, processor.Splits, processor.Filter));
        // 640 x 480 becomes 2048 x 1536: 4 x 3 tiles and the overview, 8 x 8 tokens each.
        Assert.Equal(13 * 64, processor.Layout(new PictureSize(480, 640), new VisionTokens(16, MergedSide: 4)).Count);
    }

    [Fact]
    public void Read_LlavaOnevisionWithoutKeys_HasTheClassDefaults()
    {
        var processor = Assert.IsType<LlavaNextProcessor>(Read("""{"image_processor_type": "LlavaOnevisionImageProcessor"}"""));

        Assert.Equal((384, 36, 9), (processor.TileSize, processor.Resolutions.Length, processor.MostTiles));
        Assert.Equal(new PictureSize(2304, 2304), processor.Resolutions[^1]);
    }

    [Theory]
    [InlineData("\"do_center_crop\": true")]
    [InlineData("\"size\": {\"height\": 384, \"width\": 256}")]
    [InlineData("\"image_grid_pinpoints\": [[384, 500]]")]
    public void Read_LlavaOnevisionOfOtherTiles_SaysWhatIsSupported(string key) => Assert.Contains(
        "Supported are square tiles of one \"size\" without any crop",
        Assert.ThrowsAny<Exception>(() => Read($"{{\"image_processor_type\": \"LlavaOnevisionImageProcessor\", {key}}}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_Dinov2AsPublished_ResizesAndCropsTheCentre()
    {
        // preprocessor_config.json of facebook/dinov2-base.
        var processor = Assert.IsType<SingleTileProcessor>(Read("""
            {"image_processor_type": "BitImageProcessor", "crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true, "do_normalize": true, "do_rescale": true,
             "do_resize": true, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 256}}
            """));

        Assert.Equal((ResizeTarget.ShortestEdge(256), new PictureSize(224, 224), ResamplingFilter.Bicubic), (processor.Resize, processor.Crop, processor.Filter));
        Assert.Equal<IEnumerable<double>>([0.229, 0.224, 0.225], processor.Normalization.Deviation);
    }

    [Fact]
    public void Read_StepsSwitchedOff_LeavesThemOut()
    {
        var processed = Read(Bare).Process(new Picture(new PictureSize(1, 2), [1, 2, 3, 4, 5, 6]));

        Assert.Equal<IEnumerable<float>>([1, 4, 2, 5, 3, 6], processed.Pixels.ToArray());
    }

    [Fact]
    public void Read_LlavaWithPadding_PadsInTheMeanColour()
    {
        var processor = Read("""
            {"image_processor_type": "LlavaImageProcessor", "do_pad": true, "size": 3, "crop_size": 3,
             "do_rescale": false, "image_mean": [0.1, 0.2, 0.5], "image_std": [1, 1, 1]}
            """);

        var processed = processor.Process(new Picture(new PictureSize(1, 3), [9, 9, 9, 9, 9, 9, 9, 9, 9]));

        Assert.Equal<IEnumerable<float>>([25 - 0.1f, 25 - 0.1f, 25 - 0.1f, 9 - 0.1f], processed.Pixels.ToArray()[..4]);
        Assert.Equal(127 - 0.5f, processed.Pixels.Span[18]);
    }

    [Fact]
    public void Read_TransparentColour_BecomesWhite()
    {
        var processed = Read(Bare).Process(new Picture(new PictureSize(1, 2), [1, 2, 3, 1, 2, 4]) { TransparentColour = new Rgb(1, 2, 3) });

        Assert.Equal<IEnumerable<float>>([255, 1, 255, 2, 255, 4], processed.Pixels.ToArray());
    }

    [Fact]
    public void Read_LlavaNext_TakesItsResolutions()
    {
        var processor = Assert.IsType<LlavaNextProcessor>(Read("""
            {"image_processor_type": "LlavaNextImageProcessor", "size": 56, "crop_size": 56, "image_grid_pinpoints": [[56, 112]], "resample": 2}
            """));

        Assert.Equal((56, ResamplingFilter.Bilinear), (processor.TileSize, processor.Filter));
        Assert.Equal(new PictureSize(56, 112), Assert.Single(processor.Resolutions));
    }

    [Fact]
    public void Read_Phi3Vision_FillsUpWithZeroTiles()
    {
        var processor = Assert.IsType<Phi3VisionProcessor>(Read("""{"image_processor_type": "Phi3VImageProcessor", "num_crops": 4}""")) with { TileSize = 14 };

        var processed = processor.Process(new Picture(new PictureSize(1, 2), [255, 255, 255, 255, 255, 255]));

        // Two columns of tiles: an overview and two tiles, then zeros up to four tiles and the overview.
        Assert.Equal((5, 3), (processed.TileCount, processed.Geometry.Tiles.Length));
        Assert.Equal(new PictureSize(14, 28), processed.ReportedSize);
        Assert.All(processed.Tile(4).ToArray(), value => Assert.Equal(0, value));
        Assert.All(processed.Tile(2).ToArray(), value => Assert.NotEqual(0, value));
        Assert.Equal(processed.Pixels[..(3 * 3 * 14 * 14)].ToArray(), processed.PixelsOf(processor.Layout(new PictureSize(1, 2), new VisionTokens(7))).ToArray());
    }

    [Fact]
    public void Read_OnlyProcessorConfig_TakesItsImageProcessor()
    {
        File.WriteAllText(Path.Combine(_folder, "processor_config.json"), """
            {"processor_class": "LlavaProcessor", "image_processor": {"image_processor_type": "CLIPImageProcessorFast", "size": {"shortest_edge": 30}}}
            """);

        Assert.Equal(ResizeTarget.ShortestEdge(30), Assert.IsType<SingleTileProcessor>(PictureProcessorReader.Read(_folder)).Resize);
    }

    [Fact]
    public void Read_FileWithAByteOrderMark_IsRead()
    {
        File.WriteAllText(Path.Combine(_folder, "preprocessor_config.json"), """{"image_processor_type": "CLIPImageProcessor"}""", System.Text.Encoding.UTF8);

        Assert.IsType<SingleTileProcessor>(PictureProcessorReader.Read(_folder));
    }

    [Fact]
    public void Read_EmptyFolder_SaysWhichFilesAreExpected()
    {
        var refusal = Assert.Throws<PictureException>(() => PictureProcessorReader.Read(_folder));

        Assert.Contains("preprocessor_config.json", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"image_processor_type": "ConvNextImageProcessor"}""", "ConvNextImageProcessor, which is not supported", "Supported are CLIPImageProcessor")]
    [InlineData("""{"size": 224}""", "names no processor", "image_processor_type")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": }""", "is no JSON", "LineNumber")]
    [InlineData("[]", "Array", "an object")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": {"longest_edge": 3}}""", "size: {\"longest_edge\": 3}", "{height, width}")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": -3}""", "size: -3", "positive")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": 3.5}""", "size: 3.5", "whole")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "resample": 0}""", "resample: 0", "3 (Bicubic)")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "do_resize": 1}""", "do_resize: 1", "true or false")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "image_mean": [0.5]}""", "image_mean: [0.5]", "three numbers")]
    [InlineData("""{"image_processor_type": "LlavaNextImageProcessor", "size": 9, "crop_size": 9, "image_grid_pinpoints": [[9, 8]]}""", "9 x 8", "multiples")]
    public void Read_WhatCannotBeUsed_SaysWhatWasFoundAndWhatIsExpected(string json, string found, string expected)
    {
        var message = Assert.Throws<PictureException>(() => Read(json)).Message;

        Assert.Contains(_folder, message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private PictureProcessor Read(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "preprocessor_config.json"), json);
        return PictureProcessorReader.Read(_folder);
    }
}
