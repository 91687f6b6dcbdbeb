using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Protocols;

/// <summary>Fits tasks at one site, all folds, tasks and penalties of a call as one batch.</summary>
/// <param name="Study">Penalties, classes and trainer.</param>
/// <param name="Features">A vector a row.</param>
/// <param name="Cancellation">Stops between fits.</param>
internal sealed record FoldFits(ProbeStudy Study, FeatureMatrix Features, CancellationToken Cancellation)
{
    /// <param name="splits">The folds.</param>
    /// <param name="tasks">For every task the label of every row.</param>
    /// <param name="refit">Whether the chosen probes are fitted again on training and validation rows together.</param>
    /// <returns>Every task's probes over all folds.</returns>
    public ImmutableArray<OutOfFold> Of(ImmutableArray<RowSplit> splits, ImmutableArray<ImmutableArray<int>> tasks, bool refit)
    {
        var classCount = Study.Rows.Classes.Length;
        var sweeps = PenaltySweep.Run([.. splits.Select(split => new StandardizedSplit(Features, split))], tasks, classCount, Study.L2, Study.Trainer, Cancellation);
        var chosen = refit
            ? [.. splits.Zip(sweeps, (split, fitted) => Refit.Run(Features, split, tasks, classCount, fitted, Study.Trainer, Cancellation))]
            : sweeps;
        return [.. tasks.Select((_, task) => new OutOfFold(splits, [.. chosen.Select(fold => fold[task])]))];
    }
}
