using System.Collections.Immutable;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>Rows that can go through a network together: where the vision tower takes pictures in their own size, only those of one grid can.</summary>
internal static class GridRuns
{
    /// <summary>How many rows after one another go together, and so on to the last row.</summary>
    public static IEnumerable<int> Of(ImmutableArray<PromptRow> rows, Network network)
    {
        if (network.Vision is not { HasFixedGrid: false })
        {
            return [rows.Length];
        }

        var runs = new List<int>();
        for (var row = 0; row < rows.Length; row++)
        {
            if (row > 0 && GridOf(rows[row]) == GridOf(rows[row - 1]))
            {
                runs[^1]++;
            }
            else
            {
                runs.Add(1);
            }
        }

        return runs;
    }

    /// <summary>The values of several runs, one after another.</summary>
    public static Array Joined(ImmutableArray<Array> parts)
    {
        if (parts is [var only])
        {
            return only;
        }

        var joined = Array.CreateInstance(parts[0].GetType().GetElementType()!, parts.Sum(part => part.Length));
        var place = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined, place);
            place += part.Length;
        }

        return joined;
    }

    private static (int Rows, int Columns) GridOf(PromptRow row) => (row.Pictures[0].Layout.GridRows, row.Pictures[0].Layout.GridColumns);
}
