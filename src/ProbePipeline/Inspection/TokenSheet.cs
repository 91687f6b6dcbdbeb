using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Reports.Sheets;
using ProbePipeline.Rows;

namespace ProbePipeline.Inspection;

/// <summary>One row, and between which of its tokens every condition of an experiment cuts.</summary>
internal static class TokenSheet
{
    /// <param name="experiment">The experiment.</param>
    /// <param name="rowId">Which row; null: the first.</param>
    /// <exception cref="ExperimentException">There is no such row.</exception>
    public static PictureSheet Of(PreparedExperiment experiment, string? rowId)
    {
        var row = rowId is null ? experiment.Rows.Rows[0] : Find(experiment.Rows.Rows, rowId);
        var tokens = new RowTokens(experiment.Model, row);
        return new PictureSheet(
            $"{experiment.Options.ShownName}: the tokens of {row.Id}",
            [
                $"The prompt: {row.Prompt.ReplaceLineEndings("\\n")}",
                "A block cuts the edges from its queries to its keys: no tinted token of the left picture may attend to a tinted one of the right picture"
                + " (save to itself, where the block does not say otherwise). The region is outlined. What lies nowhere in the picture stands below it as words.",
            ],
            [WholeRow(experiment, tokens), .. experiment.Options.Conditions.SelectMany(condition => Sections(experiment, condition, tokens))]);
    }

    private static SheetSection WholeRow(PreparedExperiment experiment, RowTokens tokens) => new(
        "The row",
        [$"{tokens.Input.TokenIds.Length} tokens in the language model; those of the region are tinted."],
        [.. tokens.Towers.SelectMany(tower => tokens.Show(tower, $"the region in the {TowerText.Write(tower)} tower", Region(experiment, tokens, tower)))]);

    private static ImmutableArray<ImmutableArray<bool>> Region(PreparedExperiment experiment, RowTokens tokens, Tower tower) =>
        experiment.Model.Network.TokensOf(tokens.Input, tokens.Shown(tower)).Keys;

    // A block a section, so that its queries and its keys stand side by side.
    private static IEnumerable<SheetSection> Sections(PreparedExperiment experiment, ConditionOptions condition, RowTokens tokens) =>
    [
        new SheetSection(
            $"Condition {condition.Name}",
            [
                .. condition.Blocks.IsEmpty ? ["Nothing is cut."] : Array.Empty<string>(),
                .. condition.Changes.Select(change => $"Changed: {change}"),
                $"Ways left: {string.Join("; ", ConditionPaths.Of(experiment, condition).Select(way => $"{TowerText.Write(way.Path.Tower)}, {way.Path.From} to {way.Path.To}: {way.Way}"))}.",
            ],
            []),
        .. condition.Blocks.Select(block => new SheetSection(null, [$"Cut in {block}"], [.. Pictures(experiment, block, tokens)])),
    ];

    private static IEnumerable<SheetPicture> Pictures(PreparedExperiment experiment, AttentionBlock block, RowTokens tokens)
    {
        var cut = experiment.Model.Network.TokensOf(tokens.Input, block);
        var tower = TowerText.Write(block.Tower);
        return
        [
            .. tokens.Show(block.Tower, $"{tower}, queries: {block.From}", cut.Queries),
            .. tokens.Show(block.Tower, $"{tower}, keys: {block.To}", cut.Keys),
        ];
    }

    private static ExperimentRow Find(ImmutableArray<ExperimentRow> rows, string id) => rows.FirstOrDefault(row => row.Id == id)
        ?? throw new ExperimentException($"expected the id of a row, such as {rows[0].Id}; found '{id}'{NearestName.Of(id, rows.Select(row => row.Id))}");
}
