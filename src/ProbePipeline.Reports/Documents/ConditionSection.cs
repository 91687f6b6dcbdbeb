using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What every condition cuts, and what it leaves open.</summary>
internal static class ConditionSection
{
    // As a block of attention edges writes itself.
    private const string Erased = " is erased";
    private const string Means = "means for keys and values";

    /// <summary>Whether a condition puts means in place of keys and values.</summary>
    public static bool HasMeans(ConditionResults condition) => condition.Blocks.Any(block => block.EndsWith(Means, StringComparison.Ordinal));

    /// <summary>Whether a condition takes states from another one.</summary>
    public static bool HasPatches(ConditionResults condition) => condition.Changes.Any(change => change.Contains(": the states of ", StringComparison.Ordinal) || change.Contains(": the mean state of ", StringComparison.Ordinal));

    /// <summary>Whether a condition erases a field.</summary>
    public static bool HasErasures(ConditionResults condition) => condition.Changes.Any(change => change.Contains(Erased, StringComparison.Ordinal));

    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Tower, string From, string To)[] ways =
            [.. results.Conditions.Values.SelectMany(condition => condition.RemainingPaths).Select(path => (path.Tower, path.From, path.To)).Distinct()];
        yield return new Heading(2, "Conditions");
        yield return TableBlock.Of(
            ways.Length == 0 ? "What is cut, from which queries to which keys, and what is changed" : "What is cut and changed, and the shortest way that is left",
            results.Conditions)
            .Text("condition", pair => pair.Key)
            .Text("cut: queries to keys; changed: states", pair => Blocks(pair.Value))
            .Each(ways, (table, way) => table.Text($"{way.Tower}: from {way.From} to {way.To}", pair => Way(pair.Value, way)));
        if (ways.Length > 0)
        {
            yield return new Paragraph(
                "None: nothing from there arrives. Where a way is left, the figures of a condition are not those of a model "
                + "that does without what lies outside the region.");
        }

        if (results.Conditions.Values.Any(HasMeans))
        {
            yield return new Paragraph(
                "Means for keys and values: the edges are not cut, but keys and values are replaced by their means over training rows, each at its token's place (mean-ablation, as of heads in "
                + "Wang et al. 2023, arXiv 2211.00593). Attention keeps about the weights it had, which a cut hands to other tokens; what comes along these edges is the same in every row, so "
                + "that a way counts as left only where it leads round them.");
        }

        if (results.Conditions.Values.Any(condition => condition.Changes.Any(change => !change.Contains(" keys and values of ", StringComparison.Ordinal))))
        {
            yield return new Paragraph(
                "Changed states: a patch puts in the states that the same tokens have under another condition (activation patching: Vig et al. 2020, arXiv 2004.12265), and with them "
                + "whatever reached them there. Where they are another picture's row's, each row has such a row in its own part of the split, drawn by the seed that the method names; what it is "
                + "still right about is not read from what was replaced. An erasure takes out what a linear classifier could find of a field (LEACE: Belrose et al. 2023, arXiv 2306.03819) in the pooled states that it was "
                + "fitted on; what is laid down otherwise, in single tokens or not linearly, may be left, and later layers may read the field again from tokens that were not changed.");
        }
    }

    private static string Blocks(ConditionResults condition) => condition.Blocks.IsEmpty && condition.Changes.IsEmpty ? "nothing" : string.Join("; ", condition.Blocks.Concat(condition.Changes));

    private static string Way(ConditionResults condition, (string Tower, string From, string To) way) =>
        condition.RemainingPaths.FirstOrDefault(path => (path.Tower, path.From, path.To) == way)?.Through ?? "–";
}
