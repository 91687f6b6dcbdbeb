namespace ProbePipeline.Probes.Splits;

/// <summary>
/// Pictures dealt out whole to parts of given sizes, so that every class has about its share of rows in every part: picture after picture, the ones with
/// most rows first, goes where its classes are furthest below their share (least increase of Pearson's chi-square; of equals the first part). Rows of one picture cannot be parted, so shares are met to within about a picture.
/// </summary>
internal sealed class StratifiedDeal
{
    // For every picture its rows of each class, and last the picture itself, so that parts have their share of pictures as well.
    private readonly Dictionary<int, int[]> _counts = [];
    private readonly int[] _order;

    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="labels">For every row the index of its class.</param>
    /// <param name="seed">Of the order in which pictures with as many rows are dealt; null: that of their indices.</param>
    public StratifiedDeal(IReadOnlyList<int> images, IReadOnlyList<int> labels, long? seed)
    {
        var classCount = labels.Max() + 1;
        foreach (var (image, label) in images.Zip(labels))
        {
            if (!_counts.TryGetValue(image, out var counts))
            {
                _counts[image] = counts = new int[classCount + 1];
                counts[^1] = 1;
            }

            counts[label]++;
        }

        int[] order = [.. _counts.Keys.Order()];
        if (seed is { } chosen)
        {
            new RandomStream(chosen, "folds").Shuffle(order);
        }

        _order = [.. order.OrderByDescending(image => _counts[image].Sum())];
    }

    /// <summary>Number of pictures.</summary>
    public int Pictures => _order.Length;

    /// <summary>For every picture that is dealt the index of its part.</summary>
    /// <param name="shares">The parts' shares of what is dealt, 1 in all.</param>
    /// <param name="isDealt">Which pictures are dealt.</param>
    public Dictionary<int, int> Deal(double[] shares, Func<int, bool> isDealt)
    {
        int[] dealt = [.. _order.Where(isDealt)];
        var totals = new int[_counts[_order[0]].Length];
        foreach (var image in dealt)
        {
            Add(totals, _counts[image]);
        }

        int[][] held = [.. shares.Select(_ => new int[totals.Length])];
        var parts = new Dictionary<int, int>();
        foreach (var image in dealt)
        {
            var part = 0;
            for (var other = 1; other < shares.Length; other++)
            {
                part = Excess(_counts[image], held[other], totals, shares[other]) < Excess(_counts[image], held[part], totals, shares[part]) ? other : part;
            }

            Add(held[part], _counts[image]);
            parts[image] = part;
        }

        return parts;
    }

    // Half of what the picture would add to the part's sum over classes of (rows held - expected)^2 / expected: Pearson's chi-square. So a part of a small
    // share fills as evenly as one of a large one.
    private static double Excess(int[] counts, int[] held, int[] totals, double share)
    {
        var sum = 0.0;
        for (var index = 0; index < counts.Length; index++)
        {
            var expected = share * totals[index];
            sum += counts[index] == 0 ? 0 : counts[index] * (held[index] + (counts[index] / 2.0) - expected) / expected;
        }

        return sum;
    }

    private static void Add(int[] sums, int[] counts)
    {
        for (var index = 0; index < sums.Length; index++)
        {
            sums[index] += counts[index];
        }
    }
}
