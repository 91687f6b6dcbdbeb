using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Clip;

/// <summary>
/// CLIP with both encoders (Radford et al., 2021): pictures and texts as vectors that lie the nearer the better they match. Defaults of transformers' CLIPConfig.
/// </summary>
public sealed class ClipModel : IDisposable
{
    private readonly WeightSource _weights;
    private readonly VisionTower _vision;
    private readonly ClipTextTower _text;
    private readonly Linear _visualProjection;
    private readonly Linear _textProjection;
    private readonly Tensor _logitScale;

    private ClipModel(WeightSource weights, WeightReader reader, ConfigReader config)
    {
        _weights = weights;
        _vision = VisionTowerKeys.Read(reader.At("vision_model"), new ClipFamily().Read(config.Object("vision_config")));
        _text = TextTower(reader.At("text_model"), ClipTextConfig.Read(config.Object("text_config")));
        var width = config.Size("projection_dim", 512);
        _visualProjection = reader.Linear("visual_projection", width, _vision.Config.HiddenSize, bias: false);
        _textProjection = reader.Linear("text_projection", width, _text.Config.HiddenSize, bias: false);
        _logitScale = reader.Tensor("logit_scale");
    }

    /// <summary>The longest text, in tokens.</summary>
    public int LongestText => _text.Config.MaxLength;

    /// <summary>Height and width of a picture in pixels.</summary>
    public int ImageSize => _vision.Config.ImageSize;

    /// <summary>Opens a checkpoint folder of both encoders.</summary>
    /// <param name="folder">config.json and safetensors, as Hugging Face transformers writes them.</param>
    /// <param name="options">Device, type and, for weights drawn anew, the seed.</param>
    /// <exception cref="CheckpointException">The folder is not usable, or is no such checkpoint; the message says why.</exception>
    /// <exception cref="NetworkInputException">The device is not known or not there.</exception>
    public static ClipModel Load(string folder, NetworkOptions? options = null)
    {
        options ??= new NetworkOptions();
        var device = NetworkLoader.DeviceOf(options);
        var checkpoint = Checkpoint.Open(folder);
        var config = ConfigReader.Open(Path.Combine(folder, "config.json"));
        if (config.RequiredString("model_type") is var type && type != "clip")
        {
            throw config.Error("model_type", "CLIP with both encoders, clip, which can match pictures with words", $"\"{type}\"");
        }

        var weights = NetworkLoader.WeightsOf(folder, checkpoint, options, device);
        try
        {
            var reader = new WeightReader(weights);
            using var scope = NewDisposeScope();
            var model = new ClipModel(weights, reader, config);
            reader.Finish(folder);
            weights.Own(scope);
            return model;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Texts as vectors of length 1, one after another.</summary>
    /// <param name="texts">Token ids, the beginning and end of a text included.</param>
    /// <exception cref="NetworkInputException">A text is longer than the encoder reads, or has no end.</exception>
    public float[][] EmbedTexts(IReadOnlyList<IReadOnlyList<int>> texts) => EmbedTexts(texts, new Nobody());

    /// <inheritdoc cref="EmbedTexts(IReadOnlyList{IReadOnlyList{int}})"/>
    /// <param name="texts">Token ids, the beginning and end of a text included.</param>
    /// <param name="observer">Is shown the states on the way.</param>
    internal float[][] EmbedTexts(IReadOnlyList<IReadOnlyList<int>> texts, IStateObserver observer)
    {
        if (texts.FirstOrDefault(text => text.Count > LongestText) is { } tooLong)
        {
            throw new NetworkInputException($"expected a text of at most {LongestText} tokens, which is what the text encoder reads; found {tooLong.Count}");
        }

        if (_text.LacksEnd(texts) is { } endless)
        {
            throw new NetworkInputException($"expected every text to end with the token {_text.Config.EndToken}, as CLIP's tokenizer writes it; text {endless} does not");
        }

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        return Unit(_textProjection.Forward(_text.Forward(texts, observer)));
    }

    /// <summary>Pictures as vectors of length 1, one after another.</summary>
    /// <param name="pictures">Each as the picture processor gives it, [3, height, width].</param>
    public float[][] EmbedPictures(IReadOnlyList<ReadOnlyMemory<float>> pictures)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var pixels = cat([.. pictures.Select(picture => tensor(picture.ToArray()).view(1, _vision.Config.ChannelCount, ImageSize, ImageSize))], 0);
        return Unit(_visualProjection.Forward(_vision.Pool(pixels.to(_visualProjection.Weight.device))));  // [T, D] -> [T, W]
    }

    /// <summary>How well a picture and a text match: what the model's softmax over texts is taken of.</summary>
    /// <param name="picture">A vector of <see cref="EmbedPictures"/>.</param>
    /// <param name="text">A vector of <see cref="EmbedTexts(IReadOnlyList{IReadOnlyList{int}})"/>.</param>
    public double Logit(float[] picture, float[] text)
    {
        using var scope = NewDisposeScope();
        return Math.Exp(_logitScale.to_type(ScalarType.Float64).cpu().item<double>()) * picture.Zip(text, (one, other) => (double)one * other).Sum();
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    // [rows, W]
    private static float[][] Unit(Tensor vectors)
    {
        var wide = vectors.to_type(ScalarType.Float32);
        var width = (int)wide.shape[1];
        return [.. (wide / (wide * wide).sum([1], keepdim: true).sqrt()).cpu().data<float>().ToArray().Chunk(width)];
    }

    private static ClipTextTower TextTower(WeightReader weights, ClipTextConfig config)
    {
        weights.Ignore("embeddings.position_ids", "a list of positions, no weight");
        return new ClipTextTower(
            config,
            TokenEmbedding: weights.Tensor("embeddings.token_embedding.weight", config.VocabularySize, config.HiddenSize),
            Positions: weights.Tensor("embeddings.position_embedding.weight", config.MaxLength, config.HiddenSize),
            [.. Enumerable.Range(0, config.LayerCount).Select(layer => VisionTowerKeys.Layer(weights.At($"encoder.layers.{layer}"), config))],
            weights.LayerNorm("final_layer_norm", config.HiddenSize, config.NormEpsilon));
    }
}
