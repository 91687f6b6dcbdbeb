using System.Collections.Immutable;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// A tower's layers for several requests over the same embeddings: what they begin with in common is computed once, and they part at the first layer in which
/// they differ. A state lives until the last request has gone on from it.
/// </summary>
/// <typeparam name="TRun">A request's run.</typeparam>
/// <param name="layers">The tower's layers.</param>
/// <param name="tower">The tower.</param>
/// <param name="run">A request's way through the tower.</param>
/// <param name="context">What a layer needs, by its index, for an observer and the edges.</param>
/// <param name="keep">Which states to hand over at the end: 0 for the embeddings, i for what layer i - 1 leaves.</param>
/// <param name="end">Is given the requests that end together, what their last layer leaves, and the states kept on the way; all of it is freed afterwards.</param>
internal sealed class SharedLayers<TRun>(
    IReadOnlyList<TransformerLayer> layers, Tower tower, Func<TRun, TowerRun> run, Func<int, IStateObserver, MaskedLayer, LayerContext> context,
    IReadOnlySet<int> keep, Action<IReadOnlyList<TRun>, Tensor, IReadOnlyDictionary<int, Tensor>> end)
{
    /// <param name="runs">The requests.</param>
    /// <param name="embeddings">[rows or tiles, tokens, D], as they are before any change; freed.</param>
    public void Run(IReadOnlyList<TRun> runs, Tensor embeddings) => Run(runs, embeddings, stage: 0, ImmutableDictionary<int, Tensor>.Empty);

    // Stage 0 is the embeddings, stage i layer i - 1; the states are those before it.
    private void Run(IReadOnlyList<TRun> runs, Tensor states, int stage, ImmutableDictionary<int, Tensor> kept)
    {
        using var scope = NewDisposeScope();
        for (; ; stage++)
        {
            var passed = stage - 1;
            if (passed >= 0)
            {
                kept = keep.Contains(passed) ? kept.SetItem(passed, states.alias()) : kept;
                TRun[] ended = [.. runs.Where(one => run(one).LayerCount == passed)];
                if (ended.Length > 0)
                {
                    end(ended, states, kept);
                }

                runs = [.. runs.Where(one => run(one).LayerCount > passed)];
            }

            if (runs.Count == 0)
            {
                states.Dispose();
                return;
            }

            TRun[][] parts = [.. runs.GroupBy(one => run(one).Marks[stage], StringComparer.Ordinal).Select(part => part.ToArray())];
            foreach (var part in parts[..^1])
            {
                Run(part, Step(part, states, stage), stage + 1, kept);
            }

            var next = Step(parts[^1], states, stage);
            states.Dispose();
            (runs, states) = (parts[^1], next);
        }
    }

    private Tensor Step(TRun[] part, Tensor states, int stage)
    {
        var observer = SharedCollector.Of([.. part.Select(one => run(one).Observer)]);
        if (stage > 0)
        {
            return layers[stage - 1].Forward(states, context(stage - 1, observer, run(part[0]).Mask.Edges(stage - 1)));
        }

        var passed = observer.Pass(Site.Embeddings(tower), states);
        return ReferenceEquals(passed, states) ? states.alias() : passed;
    }
}
