using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Clip;

/// <summary>CLIP's text encoder: learned positions, causal attention; a text is what its end token knows (transformers 5.23, modeling_clip.py).</summary>
/// <param name="Config">Its shape.</param>
/// <param name="TokenEmbedding">[V, D]</param>
/// <param name="Positions">[longest text, D]</param>
/// <param name="Layers">The layers.</param>
/// <param name="FinalNorm">Applied last.</param>
internal sealed record ClipTextTower(ClipTextConfig Config, Tensor TokenEmbedding, Tensor Positions, IReadOnlyList<TransformerLayer> Layers, LayerNorm FinalNorm)
{
    // Configurations of the first release name this token, though texts end in the vocabulary's last.
    private const int MisnamedEnd = 2;

    /// <summary>What the end tokens know: [texts, D].</summary>
    /// <param name="texts">Token ids, the beginning and end of a text included.</param>
    /// <param name="observer">Is shown the residual stream, [texts, S, D], as the language tower's; behind a text's end it means nothing.</param>
    public Tensor Forward(IReadOnlyList<IReadOnlyList<int>> texts, IStateObserver observer)
    {
        using var scope = NewDisposeScope();
        var length = texts.Max(text => text.Count);
        // What is filled up lies behind the end and is seen by nothing before it.
        var ids = tensor(texts.SelectMany(text => text.Select(id => (long)id).Concat(Enumerable.Repeat((long)Config.EndToken, length - text.Count))).ToArray(), device: TokenEmbedding.device)
            .view(texts.Count, length);                                                                   // [texts, S]
        using var edges = new MaskedLayer(Causal(length).to(TokenEmbedding.device), Replaced: null);
        var states = observer.Pass(
            Site.Embeddings(Tower.Language), TokenEmbedding.index_select(0, ids.flatten()).view(texts.Count, length, -1).Plus(Positions.narrow(0, 0, length)));
        foreach (var (index, layer) in Layers.Index())
        {
            states = layer.Forward(states, new LayerContext(Tower.Language, index, observer, edges));
        }

        var ends = texts.Select((text, row) => ((long)row * length) + EndOf(text)).ToArray();
        return FinalNorm.Forward(states).flatten(0, 1).index_select(0, tensor(ends, device: states.device)).MoveToOuterDisposeScope();
    }

    /// <summary>Which text has no end; null: all have.</summary>
    public int? LacksEnd(IReadOnlyList<IReadOnlyList<int>> texts) => Config.EndToken == MisnamedEnd
        ? null
        : texts.Select((text, row) => (text, row)).Where(text => !text.text.Contains(Config.EndToken)).Select(text => (int?)text.row).FirstOrDefault();

    private int EndOf(IReadOnlyList<int> text) => Config.EndToken == MisnamedEnd
        ? text.Select((id, place) => (id, place)).MaxBy(token => token.id).place
        : text.Select((id, place) => (id, place)).First(token => token.id == Config.EndToken).place;

    // [1, 1, S, S]
    private static Tensor Causal(int length) =>
        tensor((from query in Enumerable.Range(0, length) from key in Enumerable.Range(0, length) select key <= query).ToArray()).view(1, 1, length, length);
}
