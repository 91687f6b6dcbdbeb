using System.Collections.Immutable;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Benchmarks.Training;

/// <summary>Sites whose probes the batched trainer fits side by side, as an experiment fits them.</summary>
/// <param name="sites">How many; alike but for their random numbers.</param>
internal sealed class SiteWork(int sites)
{
    /// <summary>
    /// What scikit-learn 1.9.1 takes for such a site, in matrix products of 2048 cubed: 13.1 s in float32 with its default stop, where a product takes 93 ms.
    /// </summary>
    public const double ScikitLearnProducts = 140;

    /// <summary>How far above its minimum scikit-learn leaves the objective there, at the worst of the penalties.</summary>
    public const double ScikitLearnGap = 2e-6;

    /// <summary>A tolerance with which the trainer comes at least as near as scikit-learn.</summary>
    public const double LikeScikitLearn = 1e-6;

    private readonly TrainingSet[] _sets = [.. Enumerable.Range(1, sites).Select(seed => new RandomSite(10_000, 1024, 20).Build(seed))];

    /// <summary>The weights of every problem, site by site.</summary>
    /// <param name="tolerance">How far above its minimum an objective may end; null: the trainer's own.</param>
    /// <param name="stop">Stops it.</param>
    public ImmutableArray<LinearWeights>[] Fit(double? tolerance, CancellationToken stop)
    {
        var trainer = tolerance is { } gap ? new BatchedTrainer { GapTolerance = gap } : new BatchedTrainer();
        return SideBySide.Run(_sets, set => trainer.Fit([set], stop)[0], (_, _) => { }, stop);
    }

    /// <summary>The speed says something only where the objectives are as good.</summary>
    /// <exception cref="InvalidDataException">With the looser tolerance an objective ends farther above its minimum than scikit-learn's.</exception>
    public void RequireLikeScikitLearn(CancellationToken stop)
    {
        if (LargestGap(Fit(LikeScikitLearn, stop), Fit(null, stop)) is > ScikitLearnGap and var gap)
        {
            throw new InvalidDataException(FormattableString.Invariant($"probes: expected objectives at most {ScikitLearnGap:g} above their minima, as scikit-learn's are; found {gap:g2} with a tolerance of {LikeScikitLearn:g}"));
        }
    }

    /// <summary>By how much objectives are above those of other weights, at the worst.</summary>
    public double LargestGap(ImmutableArray<LinearWeights>[] fitted, ImmutableArray<LinearWeights>[] nearer) => _sets.Index()
        .SelectMany(set => SiteObjective.Of(set.Item, fitted[set.Index]).Zip(SiteObjective.Of(set.Item, nearer[set.Index]), (one, other) => one - other)).Max();
}
