namespace ProbePipeline.Inputs;

/// <summary>Finds what somebody may have meant.</summary>
public static class NearestName
{
    /// <summary>The known name that is nearest to the one found, in words for the end of an error; empty where none is near.</summary>
    /// <param name="found">What somebody wrote.</param>
    /// <param name="known">What there is.</param>
    public static string Of(string found, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(found);
        var nearest = known.Select(word => (Word: word, Distance: Distance(found.ToUpperInvariant(), word.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
        return nearest is null ? "" : $"; did you mean \"{nearest}\"?";
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > right.Length)
        {
            return int.MaxValue;
        }

        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var best = Math.Min(table[i - 1, j], table[i, j - 1]) + 1;
                best = Math.Min(best, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                table[i, j] = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
            }
        }

        return table[left.Length, right.Length];
    }
}
