using System.Collections.Immutable;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Columns;

/// <summary>The ranks of labels among the whole vocabulary, read by the logit lens at the decoder's layers.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="FirstTokens">Each label's first token.</param>
/// <param name="Layers">States of the region at every layer.</param>
/// <param name="LabelColumn">The column that holds a row's label.</param>
internal sealed record LensRanks(ImmutableArray<string> Labels, ImmutableArray<int> FirstTokens, ImmutableArray<SiteCapture> Layers, string LabelColumn)
{
    public static LensRanks Of(ProbedModel model, LensOptions options)
    {
        if (options.Labels.Length < 2)
        {
            throw new CaptureException($"expected at least two labels, so that another class's can be compared; found {options.Labels.Length}");
        }

        return new LensRanks(
            options.Labels,
            [.. options.Labels.Select(label => AnswerTokens.Of(model.Tokenizer, options.PromptEnd, label)[0])],
            [.. Enumerable.Range(0, model.Network.Language!.LayerCount).Select(layer => new SiteCapture(Site.ResidualPost(Tower.Language, layer), Pooling.RegionTokens))],
            options.LabelColumn);
    }

    /// <summary>Ranks (0 = best) of the rows' own labels, [rows, layers]: a row's rank is the best over its region's tokens.</summary>
    public int[] Own(BatchRun run, CaptureCondition condition) => Both(run, condition).Own;

    /// <summary>The same of the label that follows a row's own in the list.</summary>
    public int[] Other(BatchRun run, CaptureCondition condition) => Both(run, condition).Other;

    private (int[] Own, int[] Other) Both(BatchRun run, CaptureCondition condition) => run.Once((this, condition.Name), () =>
    {
        var labels = run.Labels[LabelColumn].Select(IndexOf).ToArray();
        var (own, other) = (new int[labels.Length * Layers.Length], new int[labels.Length * Layers.Length]);
        for (var layer = 0; layer < Layers.Length; layer++)
        {
            using var scope = NewDisposeScope();
            var states = run.Results[condition.Name][Layers[layer]];
            var logits = run.Model.Network.Lens(states.Values);                                                // [tokens, V]
            var rankOwn = Ranks(logits, states.Counts, row => FirstTokens[labels[row]]);
            var rankOther = Ranks(logits, states.Counts, row => FirstTokens[(labels[row] + 1) % Labels.Length]);
            for (var row = 0; row < labels.Length; row++)
            {
                own[(row * Layers.Length) + layer] = rankOwn[row];
                other[(row * Layers.Length) + layer] = rankOther[row];
            }
        }

        return (own, other);
    });

    // Entries of the vocabulary that score higher; the best over a row's tokens.
    private static int[] Ranks(Tensor logits, ImmutableArray<int> counts, Func<int, int> tokenOfRow)
    {
        long[] wanted = [.. counts.SelectMany((count, row) => Enumerable.Repeat((long)tokenOfRow(row), count))];
        using var index = tensor(wanted, device: logits.device).unsqueeze(1);
        var ranks = (logits > logits.gather(1, index)).sum(1).cpu().data<long>().ToArray();                    // [tokens]
        var first = 0;
        return [.. counts.Select(count => (int)ranks[first..(first += count)].Min())];
    }

    private int IndexOf(string label)
    {
        var index = Labels.IndexOf(label);
        return index >= 0 ? index : throw new CaptureException($"column {LabelColumn}: expected one of the labels {string.Join(", ", Labels)}; found '{label}'");
    }
}
