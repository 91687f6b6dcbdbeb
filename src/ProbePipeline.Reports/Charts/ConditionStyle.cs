using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ScottPlot;

namespace ProbePipeline.Reports.Charts;

/// <summary>How a condition looks in every chart: told apart by colour, by marker, and in gray by line.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Marker">Its marker.</param>
/// <param name="Dashes">Its line: <see cref="DashedLine"/>.</param>
/// <param name="Width">Its line's width: later ones are thinner, so that an earlier one shows beneath a later one that has the same values.</param>
/// <param name="Shift">Where it stands among the conditions, -0.5 to 0.5: equal values lie side by side.</param>
internal sealed record ConditionStyle(string Name, Color Color, MarkerShape Marker, ImmutableArray<float> Dashes, float Width, double Shift)
{
    private static readonly ImmutableArray<MarkerShape> Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    private static readonly ImmutableArray<ImmutableArray<float>> Patterns =
    [
        [],
        [16, 3],
        [7, 4],
        [9, 3, 2, 3],
        [2.5f, 3],
        [9, 3, 2, 3, 2, 3],
        [4, 2],
    ];

    /// <summary>The styles of all conditions, in their order.</summary>
    public static ImmutableArray<ConditionStyle> Of(ExperimentResults results, ChartTheme theme)
    {
        var last = Math.Max(1, results.Conditions.Count - 1);
        return
        [
            .. results.Conditions.Keys.Select((name, index) => new ConditionStyle(
                name,
                theme.Series[index % theme.Series.Length],
                Markers[index % Markers.Length],
                Patterns[index % Patterns.Length],
                3.6f - (1.6f * index / last),
                results.Conditions.Count == 1 ? 0 : ((double)index / last) - 0.5)),
        ];
    }
}
