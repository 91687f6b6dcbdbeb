using System.Globalization;
using ProbePipeline.Opening;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Reports.Sheets;
using ProbePipeline.Rows;

namespace ProbePipeline.Inspection;

/// <summary>Rows of an experiment to look at: the picture with its region and the tokens that stand for it, what is asked, and what may be answered.</summary>
internal static class DatasetSheet
{
    private const int MostDropped = 20;

    /// <param name="experiment">The experiment.</param>
    /// <param name="count">How many rows, evenly spread over all.</param>
    public static PictureSheet Of(PreparedExperiment experiment, int count)
    {
        var rows = experiment.Rows.Rows;
        var shown = Math.Min(count, rows.Length);
        return new PictureSheet(
            $"{experiment.Options.ShownName}: {Counted(shown, "row")} of {Invariant(rows.Length)}",
            [
                experiment.Dataset.Description,
                $"Classes of {experiment.Options.Target}: {string.Join(", ", experiment.Task.Rows.Classes)}",
                .. experiment.Choices.IsEmpty ? Array.Empty<string>() : [$"Choices: {string.Join(", ", experiment.Choices)}"],
                "The region is outlined; the tokens that stand for it are tinted.",
            ],
            [
                new SheetSection(null, [], [.. Enumerable.Range(0, shown).SelectMany(place => Pictures(experiment, (int)((long)place * rows.Length / shown)))]),
                .. experiment.Rows.Dropped.IsEmpty ? Array.Empty<SheetSection>() : [Dropped(experiment.Rows)],
            ]);
    }

    private static IEnumerable<SheetPicture> Pictures(PreparedExperiment experiment, int index)
    {
        var row = experiment.Rows.Rows[index];
        var tokens = new RowTokens(experiment.Model, row);
        var tower = tokens.Towers.First();
        var region = experiment.Model.Network.TokensOf(tokens.Input, tokens.Shown(tower)).Keys;
        return tokens.Show(tower, row.Id, region).Select(picture => picture with
        {
            Lines =
            [
                .. row.Question.Length > 0 ? [row.Question] : Array.Empty<string>(),
                $"right answer: {row.Label}",
                .. row.Part.Attributes.Where(attribute => attribute.Key != experiment.Options.Target).Select(attribute => $"{attribute.Key}: {attribute.Value}"),
                $"{Invariant(row.Region.Area)} pixels; {picture.Lines[0]}",
                $"split: {RoleOf(experiment.Task.Rows.Split, index)}",
            ],
        });
    }

    private static SheetSection Dropped(ExperimentRows rows) => new(
        "Left out",
        [
            .. rows.Dropped.Take(MostDropped).Select(row => $"{row.Id}: {row.Reason}"),
            .. rows.Dropped.Length > MostDropped ? [$"and {Invariant(rows.Dropped.Length - MostDropped)} more"] : Array.Empty<string>(),
        ],
        []);

    private static string RoleOf(RowSplit split, int index) => $"{split.Roles[index]}".ToLowerInvariant();

    private static string Counted(int count, string thing) => $"{Invariant(count)} {thing}{(count == 1 ? "" : "s")}";

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
