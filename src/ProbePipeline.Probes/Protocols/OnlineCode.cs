using System.Collections.Immutable;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Protocols;

/// <summary>
/// Online (prequential) code length of the training labels (Voita and Titov 2020, "Information-Theoretic Probing with Minimum Description Length",
/// arXiv 2003.12298): labels are sent block by block, the first with the uniform code, each further one with a probe fitted on the blocks before it.
/// A probe that needs few rows gives a short code; accuracy at the end of training says nothing about that.
/// </summary>
public sealed record OnlineCode
{
    private const double Least = 1e-12;

    /// <summary>The ends of the paper's blocks, as shares of the training data.</summary>
    public static ImmutableArray<double> PaperShares { get; } = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.0625, 0.125, 0.25, 0.5, 1];

    /// <summary>The ends of the blocks as shares of what is sent, ascending, the last 1. Rounded to whole pictures; ends that fall together count once.</summary>
    public ImmutableArray<double> Shares { get; init; } = PaperShares;

    /// <summary>Where blocks may end.</summary>
    public CodeBlocks Blocks { get; init; } = CodeBlocks.Pictures;

    /// <summary>Seed of the order in which pictures, or rows, are sent; null: in the order of their indices.</summary>
    public long? Seed { get; init; }

    /// <summary>What happens to probabilities of 0.</summary>
    public UnseenClasses Unseen { get; init; } = UnseenClasses.Laplace;

    /// <summary>Number of fits for one task.</summary>
    /// <param name="rows">The task.</param>
    internal int Fits(LabeledRows rows) => Cuts(rows).Cuts.Length - 1;

    /// <summary>The lengths of several tasks' codes, in bits, block by block, on the training rows of the first fold.</summary>
    /// <param name="features">A vector a row; standardised on what has been sent before.</param>
    /// <param name="rows">Pictures, split and number of classes.</param>
    /// <param name="tasks">For every task every row's label, and the penalty on the mean loss, the same for all blocks.</param>
    /// <param name="trainer">What fits.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <returns>The ends of the blocks in rows, and for every task the bits of every block.</returns>
    internal (ImmutableArray<int> Cuts, ImmutableArray<ImmutableArray<double>> Bits) Lengths(
        FeatureMatrix features, LabeledRows rows, ImmutableArray<(ImmutableArray<int> Labels, double L2)> tasks, IProbeTrainer trainer, CancellationToken cancellation)
    {
        var (order, cuts) = Cuts(rows);
        var classCount = rows.Classes.Length;
        var blocks = cuts.Zip(cuts.Skip(1), (from, to) => (Seen: order[..from], New: order[from..to])).ToArray();
        Standardization[] standardizations = [.. blocks.Select(block => Standardization.Of(features, block.Seen))];
        var fitted = trainer.Fit(
            [
                .. blocks.Zip(standardizations, (block, standardization) => new TrainingSet(
                    standardization.Apply(features, block.Seen),
                    block.Seen.Length,
                    [.. tasks.Select(task => new ProbeProblem([.. block.Seen.Select(row => task.Labels[row])], classCount, task.L2))])),
            ],
            cancellation);
        return (cuts, [.. tasks.Select((task, place) => (ImmutableArray<double>)
        [
            cuts[0] * Math.Log2(classCount),
            .. blocks.Select((block, index) => fitted[index][place]
                .Probabilities(standardizations[index].Apply(features, block.New), block.New.Length)
                .Zip(block.New, (probabilities, row) => -Math.Log2(Coded(probabilities[task.Labels[row]], block.Seen.Length, classCount))).Sum()),
        ])]);
    }

    private double Coded(double probability, int seen, int classCount) => Unseen switch
    {
        UnseenClasses.Clip => Math.Clamp(probability, Least, 1),
        _ => ((seen * probability) + 1) / (seen + classCount),
    };

    /// <summary>The rows in the order in which they are sent, and where blocks end among them.</summary>
    private (ImmutableArray<int> Order, ImmutableArray<int> Cuts) Cuts(LabeledRows rows)
    {
        var train = rows.Split.Train;
        ImmutableArray<int>[] units = Blocks == CodeBlocks.Rows
            ? [.. train.Select(row => (ImmutableArray<int>)[row])]
            : [.. train.GroupBy(row => rows.Images[row]).OrderBy(picture => picture.Key).Select(picture => picture.ToImmutableArray())];
        if (Seed is { } seed)
        {
            new RandomStream(seed, "code length").Shuffle(units);
        }

        // Of rows two at least, as in the reference; a picture may have one row.
        var least = Blocks == CodeBlocks.Rows ? 2 : 1;
        return (
            [.. units.SelectMany(unit => unit)],
            [.. Shares.Select(share => Math.Min(units.Length, Math.Max(least, (int)Math.Round(share * units.Length)))).Distinct().Select(end => units[..end].Sum(unit => unit.Length))]);
    }
}
