using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Probes.Splits;

/// <summary>Rows split by picture: all rows of a picture have one role, so that no probe is tested on a picture that it was trained on.</summary>
public sealed class RowSplit
{
    private readonly ImmutableArray<int> _images;

    private RowSplit(ImmutableArray<SplitRole> roles, ImmutableArray<int> images)
    {
        Roles = roles;
        _images = images;
        Train = RowsOf(SplitRole.Train);
        Validation = RowsOf(SplitRole.Validation);
        Test = RowsOf(SplitRole.Test);
        foreach (var (name, rows) in new[] { ("train", Train), ("validation", Validation), ("test", Test) })
        {
            if (rows.IsEmpty)
            {
                throw new ProbeException($"expected rows in every part of the split; found none in {name}, of {images.Distinct().Count()} pictures in all, pictures of one group counting as one; use more pictures or groups, or other shares");
            }
        }
    }

    /// <summary>The role of every row.</summary>
    public ImmutableArray<SplitRole> Roles { get; }

    /// <summary>Rows to fit on.</summary>
    public ImmutableArray<int> Train { get; }

    /// <summary>Rows to choose on.</summary>
    public ImmutableArray<int> Validation { get; }

    /// <summary>Rows to report.</summary>
    public ImmutableArray<int> Test { get; }

    /// <summary>How many rows and pictures each part has.</summary>
    internal SplitSummary Summary => new(Part(Train), Part(Validation), Part(Test));

    /// <summary>Deals pictures out in the order of their indices: the first share trains, the next validates, the rest tests.</summary>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="train">Share of pictures to fit on.</param>
    /// <param name="validation">Share of pictures to choose on.</param>
    /// <exception cref="ProbeException">A part is left without rows.</exception>
    public static RowSplit ByOrder(IReadOnlyCollection<int> images, double train, double validation) => Deal(images, [.. images.Distinct().Order()], train, validation);

    /// <summary>Deals pictures out in a seeded random order.</summary>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="seed">Another seed, another order.</param>
    /// <param name="train">Share of pictures to fit on.</param>
    /// <param name="validation">Share of pictures to choose on.</param>
    /// <exception cref="ProbeException">A part is left without rows.</exception>
    public static RowSplit Shuffled(IReadOnlyCollection<int> images, long seed, double train, double validation)
    {
        int[] order = [.. images.Distinct().Order()];
        new RandomStream(seed, "split").Shuffle(order);
        return Deal(images, order, train, validation);
    }

    /// <summary>The split that somebody else has made. Where it has no validation part, a seeded share of the training pictures becomes one.</summary>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="roles">For every row its part.</param>
    /// <param name="validation">The share of training pictures to choose on, where there is no validation part.</param>
    /// <param name="seed">Another seed, another share.</param>
    /// <exception cref="ProbeException">Rows of one picture lie in different parts, or a part is left without rows.</exception>
    public static RowSplit Given(IReadOnlyList<int> images, IReadOnlyList<SplitRole> roles, double validation, long seed)
    {
        var role = new Dictionary<int, SplitRole>();
        foreach (var (image, given) in images.Zip(roles))
        {
            if (!role.TryAdd(image, given) && role[image] != given)
            {
                throw new ProbeException($"expected a split that keeps every picture, and every group of pictures, together; found rows of one in {role[image]} and in {given}");
            }
        }

        if (!roles.Contains(SplitRole.Validation))
        {
            int[] train = [.. role.Where(pair => pair.Value == SplitRole.Train).Select(pair => pair.Key).Order()];
            new RandomStream(seed, "split").Shuffle(train);
            foreach (var image in train.Take((int)Math.Round(validation * train.Length)))
            {
                role[image] = SplitRole.Validation;
            }
        }

        return new RowSplit([.. images.Select(image => role[image])], [.. images]);
    }

    /// <summary>
    /// As many splits as folds: every picture is tested by exactly one of them. Classes have about equal shares in all folds, and in each fold's validation
    /// part, as far as whole pictures allow.
    /// </summary>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="labels">For every row the index of its class.</param>
    /// <param name="folds">How many, 2 at least.</param>
    /// <param name="validation">Share of all pictures that each fold chooses on; they come from those that it does not test.</param>
    /// <param name="seed">Deals in a seeded random order; null: in the order of the pictures' indices.</param>
    /// <exception cref="ProbeException">There are fewer pictures than folds, nothing would be left to train on, or a part is left without rows.</exception>
    public static ImmutableArray<RowSplit> Folds(IReadOnlyList<int> images, IReadOnlyList<int> labels, int folds, double validation, long? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var deal = new StratifiedDeal(images, labels, seed);
        if (deal.Pictures < folds)
        {
            throw new ProbeException($"expected at least as many pictures as folds, since every fold tests pictures of its own; found {deal.Pictures} for {folds} folds; use fewer folds, or more pictures");
        }

        var validationOfRest = validation / (1 - (1.0 / folds));
        if (validationOfRest >= 1)
        {
            throw new ProbeException(FormattableString.Invariant($"expected a validation share below {1 - (1.0 / folds):0.###}, what {folds} folds leave beside the tested one; found {validation}"));
        }

        var tested = deal.Deal([.. Enumerable.Repeat(1.0 / folds, folds)], _ => true);
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            var rest = deal.Deal([1 - validationOfRest, validationOfRest], image => tested[image] != fold);
            return Of(images, image => tested[image] == fold ? SplitRole.Test : rest[image] == 0 ? SplitRole.Train : SplitRole.Validation);
        })];
    }

    /// <summary>Brings what folds say about the rows that they test into the order of the rows.</summary>
    /// <param name="folds">The folds.</param>
    /// <param name="values">From a fold and its place to a value for each of its test rows.</param>
    internal static ImmutableArray<T> InRowOrder<T>(ImmutableArray<RowSplit> folds, Func<RowSplit, int, IEnumerable<T>> values) =>
        [.. folds.Index().SelectMany(fold => fold.Item.Test.Zip(values(fold.Item, fold.Index))).OrderBy(row => row.First).Select(row => row.Second)];

    /// <summary>The same split without some rows: every other one keeps its part.</summary>
    /// <exception cref="ProbeException">A part is left without rows.</exception>
    internal RowSplit Without(IReadOnlySet<int> rows) => new(
        [.. Roles.Where((_, row) => !rows.Contains(row))], [.. _images.Where((_, row) => !rows.Contains(row))]);

    /// <summary>The same split with fewer pictures to fit on; the others are used for nothing.</summary>
    /// <param name="images">The pictures to fit on.</param>
    internal RowSplit TrainedOn(IReadOnlySet<int> images) =>
        new([.. Roles.Zip(_images, (role, image) => role == SplitRole.Train && !images.Contains(image) ? SplitRole.Unused : role)], _images);

    private static RowSplit Of(IReadOnlyCollection<int> images, Func<int, SplitRole> role) => new([.. images.Select(role)], [.. images]);

    private static RowSplit Deal(IReadOnlyCollection<int> images, int[] order, double train, double validation)
    {
        // The picture at place i trains where i < train * n: shares are of places, so that 0.6 of 600 is 360 whatever the rounding of 0.6.
        var role = order.Index().ToDictionary(
            picture => picture.Item,
            picture => IsBefore(picture.Index, train * order.Length) ? SplitRole.Train
                : IsBefore(picture.Index, (train + validation) * order.Length) ? SplitRole.Validation : SplitRole.Test);
        return Of(images, image => role[image]);
    }

    private static bool IsBefore(int place, double end) => place < end - 1e-9;

    private ImmutableArray<int> RowsOf(SplitRole role) => [.. Enumerable.Range(0, Roles.Length).Where(row => Roles[row] == role)];

    private SplitPart Part(ImmutableArray<int> rows) => new(rows.Length, rows.Select(row => _images[row]).Distinct().Count());
}
