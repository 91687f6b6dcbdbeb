using System.Collections.Immutable;

namespace ProbePipeline.Reports.Charts;

/// <summary>Labels beside the ends of lines, moved apart just as far as it takes to read them.</summary>
internal static class LabelStack
{
    /// <summary>Places for labels: in the order of the values, at least a gap apart, as near to the values as that allows.</summary>
    /// <param name="values">Where the labels would stand.</param>
    /// <param name="gap">Smallest distance of two labels.</param>
    /// <param name="low">Lowest place.</param>
    /// <param name="high">Highest place; where there are too many labels for the room, they go past it.</param>
    public static ImmutableArray<double> Place(IReadOnlyList<double> values, double gap, double low, double high)
    {
        // Labels that collide become one block, centred on its labels' values; blocks that then collide become one again.
        var order = Enumerable.Range(0, values.Count).OrderBy(index => values[index]).ThenByDescending(index => index).ToArray();
        var blocks = new List<(double Centre, List<int> Members)>();
        foreach (var index in order)
        {
            blocks.Add((values[index], [index]));
            while (blocks.Count > 1 && Bottom(blocks[^1], gap) < Top(blocks[^2], gap) + gap)
            {
                List<int> members = [.. blocks[^2].Members, .. blocks[^1].Members];
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((Within(members.Average(member => values[member]), members.Count, gap, low, high), members));
            }
        }

        var places = new double[values.Count];
        foreach (var block in blocks)
        {
            for (var rank = 0; rank < block.Members.Count; rank++)
            {
                places[block.Members[rank]] = Bottom(block, gap) + (rank * gap);
            }
        }

        return [.. places];
    }

    private static double Within(double centre, int count, double gap, double low, double high)
    {
        var half = (count - 1) * gap / 2;
        return Math.Max(low + half, Math.Min(high - half, centre));
    }

    private static double Bottom((double Centre, List<int> Members) block, double gap) => block.Centre - ((block.Members.Count - 1) * gap / 2);

    private static double Top((double Centre, List<int> Members) block, double gap) => block.Centre + ((block.Members.Count - 1) * gap / 2);
}
