using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes;

/// <summary>What probes are to predict, and which rows are for what.</summary>
public sealed record LabeledRows
{
    /// <param name="classes">The classes.</param>
    /// <param name="labels">For every row the index of its class.</param>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="split">Which rows train, choose and test.</param>
    /// <exception cref="ProbeException">A class cannot be learned, a label is no class, or the numbers of rows differ.</exception>
    public LabeledRows(ImmutableArray<string> classes, ImmutableArray<int> labels, ImmutableArray<int> images, RowSplit split)
        : this(classes, labels, images, [split])
    {
    }

    /// <param name="classes">The classes.</param>
    /// <param name="labels">For every row the index of its class.</param>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="folds">One split, or several that test different rows: <see cref="RowSplit.Folds"/>.</param>
    /// <exception cref="ProbeException">A class cannot be learned, a label is no class, a row is tested twice, or the numbers of rows differ.</exception>
    public LabeledRows(ImmutableArray<string> classes, ImmutableArray<int> labels, ImmutableArray<int> images, ImmutableArray<RowSplit> folds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(folds.Length);
        (Classes, Labels, Images, Folds) = (classes, labels, images, folds);
        if (labels.Length != images.Length || folds.Any(fold => labels.Length != fold.Roles.Length))
        {
            throw new ProbeException($"expected a label, a picture and a role for every row; found {labels.Length}, {images.Length} and {folds[0].Roles.Length}");
        }

        Test = [.. folds.SelectMany(fold => fold.Test).Order()];
        if (Test.Length > Test.Distinct().Count())
        {
            throw new ProbeException($"expected every row in the test part of one fold; found row {Test.GroupBy(row => row).First(group => group.Count() > 1).Key} in several");
        }

        if (classes.Length < 2)
        {
            throw new ProbeException($"expected at least two classes; found {(classes.IsEmpty ? "none" : $"only '{classes[0]}'")}; predict another field, or use rows of other classes too");
        }

        foreach (var (row, label) in labels.Index())
        {
            if (label < 0 || label >= classes.Length)
            {
                throw new ProbeException(string.Create(CultureInfo.InvariantCulture, $"row {row}: expected the index of one of {classes.Length} classes; found {label}"));
            }
        }

        for (var index = 0; index < classes.Length; index++)
        {
            var pictures = labels.Index().Where(row => row.Item == index).Select(row => images[row.Index]).Distinct().Count();
            if (pictures < 2)
            {
                throw new ProbeException($"class '{classes[index]}': expected rows of at least two pictures, so that it can be learned and tested; found {pictures}; leave the class out, or use more pictures");
            }

            foreach (var (place, fold) in folds.Index())
            {
                if (!fold.Train.Any(row => labels[row] == index))
                {
                    throw new ProbeException($"class '{classes[index]}': expected rows of it to train on; found none{InFold(place)}, only in validation or test; use more pictures, or another split");
                }
            }
        }
    }

    /// <summary>The classes.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>For every row the index of its class.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>For every row the index of its picture.</summary>
    public ImmutableArray<int> Images { get; }

    /// <summary>Which rows train, choose and test; several splits where every row is tested by the fold that leaves its picture out.</summary>
    public ImmutableArray<RowSplit> Folds { get; }

    /// <summary>The only split, or the first of the folds.</summary>
    public RowSplit Split => Folds[0];

    /// <summary>The rows that results are about, ascending: those that the folds test, together.</summary>
    public ImmutableArray<int> Test { get; }

    /// <summary>The class that is most frequent in training, of several folds in that of the first; of equals the first.</summary>
    internal int Majority => MajorityOf(Split);

    /// <summary>Share of test rows of the class that is most frequent in the training part of their fold.</summary>
    public double MajorityAccuracy => (double)Folds.Sum(fold => fold.Test.Count(row => Labels[row] == MajorityOf(fold))) / Test.Length;

    /// <summary>What parts of the split lack, and what that means for the figures: a sentence each. What training lacks is an error.</summary>
    public ImmutableArray<string> Gaps =>
    [
        .. from fold in Folds.Index()
           from index in Enumerable.Range(0, Classes.Length)
           where !fold.Item.Validation.Any(row => Labels[row] == index)
           select $"Class '{Classes[index]}' has no validation rows{InFold(fold.Index)}: penalty and layer were chosen by the other classes.",
        .. from index in Enumerable.Range(0, Classes.Length)
           where !Test.Any(row => Labels[row] == index)
           select $"Class '{Classes[index]}' has no test rows: no figure says how well it is found.",
    ];

    /// <summary>How many rows and pictures train, choose and test.</summary>
    public SplitSummary Summary => Split.Summary with { Test = new SplitPart(Test.Length, Test.Select(row => Images[row]).Distinct().Count()), Folds = Folds.Length };

    /// <summary>The same task without some rows. Every other one keeps its part of the split; a class that no row is left of goes.</summary>
    /// <param name="rows">The rows, by their place.</param>
    /// <exception cref="ProbeException">What is left is no task: a part of the split or a class has too little.</exception>
    public LabeledRows Without(IReadOnlySet<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return this;
        }

        ImmutableArray<int> kept = [.. Enumerable.Range(0, Labels.Length).Where(row => !rows.Contains(row))];
        var left = kept.Select(row => Labels[row]).ToHashSet();
        ImmutableArray<string> classes = [.. Classes.Where((_, index) => left.Contains(index))];
        return new LabeledRows(
            classes, [.. kept.Select(row => classes.IndexOf(Classes[Labels[row]]))], [.. kept.Select(row => Images[row])], [.. Folds.Select(fold => fold.Without(rows))]);
    }

    /// <summary>Brings what the folds say about the rows that they test into the order of <see cref="Test"/>.</summary>
    /// <param name="values">From a fold and its place to a value for each of its test rows.</param>
    internal ImmutableArray<T> OutOfFold<T>(Func<RowSplit, int, IEnumerable<T>> values) => RowSplit.InRowOrder(Folds, values);

    /// <summary>For every one of some rows 1 where its prediction is right, else 0.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="predictions">For each of them, in their order, the index of the predicted class.</param>
    internal double[] Hits(ImmutableArray<int> rows, IEnumerable<int> predictions) => [.. rows.Zip(predictions, (row, prediction) => Labels[row] == prediction ? 1.0 : 0)];

    private string InFold(int place) => Folds.Length == 1 ? "" : FormattableString.Invariant($" in fold {place + 1}");

    internal int MajorityOf(RowSplit split) => split.Train.CountBy(row => Labels[row]).OrderByDescending(count => count.Value).ThenBy(count => count.Key).First().Key;
}
