using System.Globalization;

namespace ProbePipeline.Sharding;

/// <summary>One of several equal shares of an experiment, each of which a machine does by itself.</summary>
public sealed record Shard
{
    /// <summary>The most shards that an experiment is cut into.</summary>
    public const int MaximumCount = 9999;

    /// <param name="number">Which of them, from 1.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    public Shard(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumCount);
        (Number, Count) = (number, count);
    }

    /// <summary>Which of them, from 1.</summary>
    public int Number { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    internal string FolderName => string.Create(CultureInfo.InvariantCulture, $"{Number}-of-{Count}");

    /// <summary>Reads a shard as it is written on the command line: <c>2/8</c>.</summary>
    /// <exception cref="ExperimentException">The text names no shard.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var first, var second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && number >= 1 && number <= count && count <= MaximumCount
                ? new Shard(number, count)
                : throw new ExperimentException($"shard: expected a number and how many there are, such as 1/8 to 8/8, at most {MaximumCount}; found '{text}'");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    // By turns, so that every shard has its share of whatever lies together in a dataset.
    internal bool Takes(int place) => place % Count == Number - 1;
}
