using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models;

/// <summary>What a forward pass kept. It owns its tensors, on the network's device, whatever dispose scope the caller is in.</summary>
public sealed class ForwardResult : IDisposable
{
    private readonly IReadOnlyDictionary<SiteCapture, RowStates> _states;
    private readonly IReadOnlyDictionary<(Tower Tower, int Layer), Tensor> _patterns;

    internal ForwardResult(
        IReadOnlyDictionary<SiteCapture, RowStates> states, IReadOnlyDictionary<(Tower Tower, int Layer), Tensor> patterns, RowStates? logits)
    {
        _states = states;
        _patterns = patterns;
        Logits = logits;
    }

    /// <summary>Next-token scores, [tokens asked for, vocabulary]; null where none were.</summary>
    public RowStates? Logits { get; }

    /// <summary>The states of a capture that was asked for.</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public RowStates this[SiteCapture capture] => _states[capture];

    /// <summary>The attention pattern of a layer that was asked for, [rows or tiles, heads, queries, keys].</summary>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public Tensor Pattern(Tower tower, int layer) => _patterns[(tower, layer)];

    /// <inheritdoc/>
    public void Dispose()
    {
        Logits?.Dispose();
        foreach (var states in _states.Values)
        {
            states.Dispose();
        }

        foreach (var pattern in _patterns.Values)
        {
            pattern.Dispose();
        }
    }
}
