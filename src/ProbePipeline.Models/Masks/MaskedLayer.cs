using static TorchSharp.torch;

namespace ProbePipeline.Models.Masks;

/// <summary>The edges of a layer. It owns its tensors.</summary>
/// <param name="Allowed">True where a query has any edge to a key, be the key replaced or not: [rows or 1, heads or 1, queries, keys]; null: all.</param>
/// <param name="Replaced">The edges whose keys and values are replaced; null: none.</param>
internal sealed record MaskedLayer(Tensor? Allowed, ReplacedEdges? Replaced) : IDisposable
{
    /// <summary>Whether the edges are those of plain causal attention: every token sees itself and all before it.</summary>
    public bool IsCausal { get; init; }

    /// <summary>True where a query sees a token itself.</summary>
    public Tensor? Open => Replaced is null ? Allowed : Replaced.Open;

    public void Dispose()
    {
        Allowed?.Dispose();
        Replaced?.Dispose();
    }
}
