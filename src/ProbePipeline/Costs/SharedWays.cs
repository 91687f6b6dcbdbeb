using System.Collections.Immutable;

namespace ProbePipeline.Costs;

/// <summary>In how many ways conditions go through every layer, what they share counted once.</summary>
/// <param name="VisionByPicture">For every layer of the vision tower the ways that rows about one picture share.</param>
/// <param name="VisionByRow">The ways in which every row goes by itself.</param>
/// <param name="ProjectedByPicture">How many different image tokens come of a picture.</param>
/// <param name="ProjectedByRow">How many of a row by itself.</param>
/// <param name="PrefixByPicture">For every layer of the decoder, up to the picture's last token: shared by rows about one picture.</param>
/// <param name="PrefixByRow">The same, every row by itself.</param>
/// <param name="Suffix">For every layer of the decoder, behind the picture.</param>
internal sealed record SharedWays(
    ImmutableArray<int> VisionByPicture, ImmutableArray<int> VisionByRow, int ProjectedByPicture, int ProjectedByRow,
    ImmutableArray<int> PrefixByPicture, ImmutableArray<int> PrefixByRow, ImmutableArray<int> Suffix)
{
    public static SharedWays Of(IReadOnlyCollection<ConditionMarks> conditions)
    {
        var (vision, language) = (conditions.Max(one => one.Vision.Length), conditions.Max(one => one.Prefix.Length));
        return new SharedWays(
            [.. Enumerable.Range(0, vision).Select(layer => Ways(one => !one.VisionByRow && one.Vision.Length > layer, one => VisionUpTo(one, layer + 1)))],
            [.. Enumerable.Range(0, vision).Select(layer => Ways(one => one.VisionByRow && one.Vision.Length > layer, one => VisionUpTo(one, layer + 1)))],
            Ways(one => !one.VisionByRow && one.Projects, one => VisionUpTo(one, vision)),
            Ways(one => one.VisionByRow && one.Projects, one => VisionUpTo(one, vision)),
            [.. Enumerable.Range(0, language).Select(layer => Ways(one => !ByRow(one) && one.Prefix.Length > layer, one => PrefixUpTo(one, layer + 1)))],
            [.. Enumerable.Range(0, language).Select(layer => Ways(one => ByRow(one) && one.Prefix.Length > layer, one => PrefixUpTo(one, layer + 1)))],
            [.. Enumerable.Range(0, language).Select(layer => Ways(one => one.Suffix.Length > layer, one => $"{PrefixUpTo(one, layer + 1)}|{UpTo(one.Suffix, layer + 1)}"))]);

        int Ways(Func<ConditionMarks, bool> goes, Func<ConditionMarks, string> way) => conditions.Where(goes).Select(way).Distinct(StringComparer.Ordinal).Count();

        string VisionUpTo(ConditionMarks one, int layers) => $"{one.VisionByRow} {UpTo(one.Vision, layers)}";

        string PrefixUpTo(ConditionMarks one, int layers) => $"{VisionUpTo(one, vision)} {one.Projector} {one.PrefixByRow} {UpTo(one.Prefix, layers)}";
    }

    private static bool ByRow(ConditionMarks one) => one.VisionByRow || one.PrefixByRow;

    private static string UpTo(ImmutableArray<string> marks, int layers) => string.Join('\n', marks.Take(layers));
}
