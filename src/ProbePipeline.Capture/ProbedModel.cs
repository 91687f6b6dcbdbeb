using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture;

/// <summary>
/// A vision-language model, or a vision tower or language model by itself, with what it reads through: its network, picture processor and tokenizer. It owns the network.
/// </summary>
public sealed class ProbedModel : IDisposable
{
    private readonly PictureProcessor? _processor;
    private readonly TextTokenizer? _tokenizer;

    private ProbedModel(string folder, NetworkOptions options, Network network, PictureProcessor? processor, TextTokenizer? tokenizer)
    {
        Folder = folder;
        Options = options;
        Network = network;
        _processor = processor;
        _tokenizer = tokenizer;
        Memory = new BatchMemory(network.Device);
    }

    /// <summary>The checkpoint folder.</summary>
    public string Folder { get; }

    /// <summary>How the network was loaded.</summary>
    internal NetworkOptions Options { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>How many rows go through the network at a time, and what happens when memory runs out.</summary>
    public BatchMemory Memory { get; }

    /// <summary>What turns pictures into tiles.</summary>
    /// <exception cref="CaptureException">The model sees no pictures.</exception>
    public PictureProcessor Processor => _processor ?? throw new CaptureException($"{Folder}: a {Network.ModelType} network sees no pictures; expected a model with a vision tower");

    /// <summary>Whether the model sees pictures.</summary>
    public bool ReadsPictures => _processor is not null;

    /// <summary>What turns text into tokens.</summary>
    /// <exception cref="CaptureException">The model reads no text.</exception>
    public TextTokenizer Tokenizer => _tokenizer ?? throw new CaptureException($"{Folder}: a {Network.ModelType} network reads no text, so it can be asked nothing; expected a model with a language model");

    /// <summary>Whether the model reads text.</summary>
    public bool ReadsText => _tokenizer is not null;

    /// <summary>The tokens that end an answer, of those that the known families write.</summary>
    internal ImmutableArray<int> EndTokens => _tokenizer is null ? [] : AnswerEnds.In(_tokenizer);

    /// <summary>The text of tokens, special ones left out.</summary>
    /// <param name="tokenIds">The ids; negative ones stand for no token.</param>
    public string Decode(IEnumerable<int> tokenIds) => Tokenizer.Decode([.. tokenIds.Where(id => id >= 0)], skipSpecialTokens: true).Trim();

    /// <summary>Patch size and class token of the vision tower, and the patches that become one image token.</summary>
    public VisionTokens VisionTokens => new(Network.Vision!.PatchSize, Network.KeepsClassTokens, Network.MergedSide);

    /// <summary>How regions come to lie on the model's tokens.</summary>
    public RegionMapper Regions { get; init; } = new();

    /// <summary>Opens a checkpoint folder.</summary>
    /// <param name="folder">config.json, safetensors, tokenizer.json and preprocessor_config.json, as Hugging Face transformers writes them.</param>
    /// <param name="options">Device and type.</param>
    /// <param name="regions">How regions come to lie on the model's tokens.</param>
    /// <exception cref="Models.Checkpoints.CheckpointException">The folder is not usable; the message says why.</exception>
    /// <exception cref="PictureException">The picture processor is missing or unknown.</exception>
    /// <exception cref="TokenizerException">The tokenizer is missing or unknown.</exception>
    /// <exception cref="CaptureException">The network sees other tiles than the processor gives.</exception>
    public static ProbedModel Load(string folder, NetworkOptions? options = null, RegionMapper? regions = null)
    {
        options ??= new NetworkOptions();
        var network = Network.Load(folder, options);
        try
        {
            var processor = network.Vision is null ? null : PictureProcessorReader.Read(folder);
            if (processor is not null && network.Vision!.HasFixedGrid)
            {
                RequireTilesOf(network.Vision!.ImageSize, processor, folder);
            }

            return new ProbedModel(folder, options, network, processor, network.Language is null ? null : TextTokenizer.Load(Path.Combine(folder, "tokenizer.json"))) { Regions = regions ?? new() };
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // Positions are learned for one size; a processor that gives another, as DINOv2's as published does, needs to be set to it.
    private static void RequireTilesOf(int size, PictureProcessor processor, string folder)
    {
        if (processor.Geometry(new PictureSize(size, size)).Tile is var tile && tile != new PictureSize(size, size))
        {
            throw new CaptureException($"{folder}: the picture processor gives tiles of {tile} pixels, and the vision tower has positions for {size} x {size}; "
                + $"set size and crop_size in preprocessor_config.json to {size}");
        }
    }

    /// <summary>The tokens of a prompt about one picture, the placeholder repeated for every image token.</summary>
    /// <exception cref="PromptException">The prompt does not hold one placeholder.</exception>
    /// <exception cref="CaptureException">The model reads no text.</exception>
    public ImmutableArray<int> Encode(string prompt, ImageTokenLayout picture) => PromptTokens.Encode(Tokenizer, prompt, [picture], Network.ImageTokenId);

    /// <summary>A row as the network takes it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="region">The part that the row asks about; null: none.</param>
    /// <param name="prompt">The prompt, with a placeholder where the picture stands.</param>
    /// <exception cref="PromptException">The prompt does not hold one placeholder.</exception>
    /// <exception cref="RegionException">The region is not usable.</exception>
    public PromptRow Read(Picture picture, RegionMask? region, string prompt) => new PromptRowReader(this).Read(picture, region, prompt);

    /// <summary>Runs one row by itself and gives its states at a site, [vectors, width], row-major: one vector where pooling makes one, else one a token.</summary>
    /// <param name="row">The row.</param>
    /// <param name="blocks">The attention edges that are cut.</param>
    /// <param name="capture">The site and the pooling.</param>
    /// <exception cref="NetworkInputException">Row or site does not fit the network.</exception>
    /// <exception cref="MaskException">A block names what does not exist, or leaves a token without a key.</exception>
    public float[] States(PromptRow row, ImmutableArray<AttentionBlock> blocks, SiteCapture capture)
    {
        float[] states = [];
        Memory.Run(0, 1, (_, _) =>
        {
            using var result = Network.Forward(new Batch([row]), new ForwardRequest { Blocks = blocks, Captures = [capture] });
            // Unpooled vectors have the network's type.
            using var single = result[capture].Values.to_type(TorchSharp.torch.ScalarType.Float32);
            using var values = single.cpu();
            states = values.data<float>().ToArray();
        });
        return states;
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
