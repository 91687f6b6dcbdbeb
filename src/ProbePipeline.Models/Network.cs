using System.Collections.Immutable;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models;

/// <summary>
/// A vision tower, a language decoder, or both with what joins them: the network of a checkpoint, whose attention edges can be cut and whose
/// states can be captured. It owns its weights. One forward at a time.
/// </summary>
public sealed class Network : IDisposable
{
    private readonly IDisposable _weights;

    internal Network(string modelType, KeyGeneration generation, CheckpointReport report, NetworkParts parts, Device device, IDisposable weights)
    {
        ModelType = modelType;
        KeyGeneration = generation;
        Checkpoint = report;
        (VisionTower, Projection, Decoder, ImageTokenId) = parts;
        Device = device;
        _weights = weights;
    }

    /// <summary>What the configuration calls the architecture: llava, llava_next, phi3_v, clip_vision_model, llama, ...</summary>
    public string ModelType { get; }

    /// <summary>Which generation of names the checkpoint's tensors carry.</summary>
    public KeyGeneration KeyGeneration { get; }

    /// <summary>What was read from the checkpoint and what was left.</summary>
    public CheckpointReport Checkpoint { get; }

    /// <summary>The vision tower's shape; null where there is none.</summary>
    public VisionTowerConfig? Vision => VisionTower?.Config;

    /// <summary>The decoder's shape; null where there is none.</summary>
    public DecoderConfig? Language => Decoder?.Config;

    /// <summary>The id that stands for an image token in a prompt; null where there are no pictures, or negative ids stand for them.</summary>
    public int? ImageTokenId { get; }

    /// <summary>The type in which the network computes.</summary>
    public ScalarType Type => (Decoder?.EmbeddingTable ?? VisionTower!.Embedding.PatchWeight).dtype;

    /// <summary>The same as PyTorch names it: float32, bfloat16, float16.</summary>
    public string TypeName => $"{Type}".ToLowerInvariant();

    /// <summary>Type and device in words: <c>float32 on cpu</c>.</summary>
    public string Computation => $"{TypeName} on {Device}";

    /// <summary>Where the weights are and the computation runs.</summary>
    public Device Device { get; }

    /// <summary>
    /// Which hidden states of the vision tower feed the projector: 0 for the embeddings, i for what layer i - 1 leaves.
    /// Later layers are off the path to the answer.
    /// </summary>
    public IReadOnlySet<int> FeatureStates => Projection?.FeatureStates ?? ImmutableHashSet<int>.Empty;

    /// <summary>Whether a tile's class token becomes an image token too ("full" feature selection).</summary>
    public bool KeepsClassTokens => Projection?.KeepsClassTokens ?? false;

    /// <summary>Patches along an edge of the square that becomes one image token; 1 where every patch is a token.</summary>
    public int MergedSide => Projection?.MergedSide ?? 1;

    /// <summary>Every site of the network, in the order of computation.</summary>
    public IEnumerable<Site> Sites
    {
        get
        {
            foreach (var site in TowerSites(Tower.Vision, Vision?.LayerCount))
            {
                yield return site;
            }

            if (VisionTower?.CanPool == true)
            {
                yield return Site.Pooled;
            }

            if (Projection is not null)
            {
                yield return Site.Projector;
            }

            foreach (var site in TowerSites(Tower.Language, Language?.LayerCount))
            {
                yield return site;
            }
        }
    }

    internal VisionTower? VisionTower { get; }

    internal IPictureProjection? Projection { get; }

    internal Decoder? Decoder { get; }

    /// <summary>The sites in words, for errors.</summary>
    internal string SiteSummary => string.Join("; ", new[]
    {
        Vision is { } vision ? $"vision.* with layers 0 to {vision.LayerCount - 1}" : null,
        Projection is null ? null : "projector",
        Language is { } language ? $"language.* with layers 0 to {language.LayerCount - 1}" : null,
    }.OfType<string>());

    /// <summary>Whether the network has a site.</summary>
    public bool HasSite(Site site) => site.Kind switch
    {
        SiteKind.Projector => Projection is not null,
        SiteKind.Pooled => VisionTower?.CanPool == true,
        _ => (site.Tower == Tower.Vision ? Vision?.LayerCount : Language?.LayerCount) is { } layers && site.Layer < layers,
    };

    /// <summary>Width of the states at a site.</summary>
    /// <exception cref="NetworkInputException">The network does not have the site.</exception>
    public int WidthOf(Site site) => HasSite(site)
        ? site.Tower == Tower.Vision ? Vision!.HiddenSize : Language!.HiddenSize
        : throw new NetworkInputException($"the site {site} does not exist in this network, whose sites are: {SiteSummary}");

    /// <summary>Whether a token id stands for an image token: the model's own placeholder, or any negative id.</summary>
    public bool IsImagePlaceholder(int tokenId) => tokenId < 0 || tokenId == ImageTokenId;

    /// <summary>Loads a checkpoint folder: config.json and safetensors, as Hugging Face transformers writes them.</summary>
    /// <exception cref="CheckpointException">The folder is not usable; the message says why.</exception>
    /// <exception cref="NetworkInputException">The device is not known or not there.</exception>
    public static Network Load(string folder, NetworkOptions? options = null) => NetworkLoader.Load(folder, options ?? new NetworkOptions());

    /// <summary>Runs a batch and keeps what was asked for; nothing beyond it is computed.</summary>
    /// <exception cref="NetworkInputException">The batch or the request does not fit the network.</exception>
    /// <exception cref="MaskException">A block names what does not exist, or leaves a token without a key.</exception>
    public ForwardResult Forward(Batch batch, ForwardRequest request) => Forward(batch, [request])[0];

    /// <summary>
    /// Runs a batch under several conditions. What they share is computed once: the vision tower for all requests that cut the same in it, and
    /// within one for all rows that ask about the same picture (the same memory of pixels); and a causal decoder up to about the last image token for all rows that
    /// begin alike and all requests that do the same there. How a request is computed depends on it and the batch, never on the requests beside it.
    /// </summary>
    /// <returns>One result a request, in their order; the caller's.</returns>
    /// <inheritdoc cref="Forward(Batch, ForwardRequest)" path="/exception"/>
    public ImmutableArray<ForwardResult> Forward(Batch batch, IReadOnlyList<ForwardRequest> requests)
    {
        using var guard = no_grad();
        return ConditionPasses.Run(this, batch, requests);
    }

    /// <summary>
    /// What blocks leave open in a row with a region: the shortest way from what of the picture is outside the region to the region, in either tower,
    /// and to the last prompt token, from which the answer is read.
    /// </summary>
    /// <exception cref="NetworkInputException">The row does not fit the network.</exception>
    /// <exception cref="MaskException">A block names what does not exist, or leaves a token without a key; or the row has no region.</exception>
    public ImmutableArray<RemainingPath> RemainingPaths(PromptRow row, IReadOnlyList<AttentionBlock> blocks)
    {
        using var guard = no_grad();
        return RowPaths.Of(this, Tokens(new Batch([row])), blocks);
    }

    /// <summary>Between which tokens of a row a block cuts.</summary>
    /// <exception cref="NetworkInputException">The row does not fit the network.</exception>
    /// <exception cref="MaskException">The block names what the row does not have.</exception>
    public BlockTokens TokensOf(PromptRow row, AttentionBlock block)
    {
        var tokens = Tokens(new Batch([row]));
        return BlockTokens.Of(block, block.Tower == Tower.Vision ? tokens.Tiles : tokens.Rows);
    }

    /// <summary>The model's own answers, one a row.</summary>
    /// <returns>For every row the ids of the tokens that were generated, the one that ended the answer included and the prompt not.</returns>
    /// <exception cref="NetworkInputException">The batch does not fit the network, or there is no language model.</exception>
    /// <exception cref="MaskException">A block names what does not exist, or leaves a token without a key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No token is to be generated.</exception>
    public ImmutableArray<ImmutableArray<int>> Generate(Batch batch, GenerationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxNewTokens, 1);
        return GreedyGeneration.Run(this, batch, options);
    }

    /// <summary>
    /// The logit lens: states of the decoder's residual stream read as words, by the final norm and the head without any cap; for states of
    /// <see cref="SiteKind.FinalNorm"/>, which are normed already, use no lens but the logits.
    /// </summary>
    /// <param name="states">[..., D]</param>
    /// <returns>[..., vocabulary], the caller's.</returns>
    /// <exception cref="NetworkInputException">There is no language model.</exception>
    public Tensor Lens(Tensor states)
    {
        using var guard = no_grad();
        return (Decoder ?? throw new NetworkInputException("the logit lens needs a language model, and this network has none")).Lens(states);
    }

    /// <summary>The libraries that compute, with their versions.</summary>
    public static OrderedDictionary<string, string> Software => new()
    {
        ["TorchSharp"] = $"{typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}",
        ["libtorch"] = __version__,
    };

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    internal BatchTokens Tokens(Batch batch) => BatchTokens.Of(batch, Vision, IsImagePlaceholder);

    private static IEnumerable<Site> TowerSites(Tower tower, int? layers)
    {
        if (layers is not { } count)
        {
            yield break;
        }

        yield return Site.Embeddings(tower);
        for (var layer = 0; layer < count; layer++)
        {
            yield return Site.AttentionOut(tower, layer);
            yield return Site.MlpOut(tower, layer);
            yield return Site.ResidualPost(tower, layer);
        }

        yield return Site.FinalNorm(tower);
    }
}
