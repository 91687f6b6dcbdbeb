using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Analysis;

/// <summary>Differences on the same test rows, with intervals and tests on the same draws.</summary>
/// <param name="Bootstrap">Intervals over the test rows.</param>
/// <param name="SignFlips">Tests over the test rows.</param>
internal sealed record PairedDifferences(ClusterBootstrap Bootstrap, SignFlipTest SignFlips)
{
    /// <summary>One less the other.</summary>
    /// <param name="hits">1 for every test row that is right, 0 for the others.</param>
    /// <param name="others">The same of what it is compared with.</param>
    public (double Difference, double Low, double High, PairedTests Tests) Of(double[] hits, double[] others)
    {
        double[] differences = [.. hits.Zip(others, (one, other) => one - other)];
        var (low, high) = Bootstrap.Interval(differences);
        var error = Bootstrap.StandardError(differences);
        var tests = new PairedTests(
            SignFlips.PValue(differences),
            McNemarTest.PValue(differences.Count(difference => difference > 0), differences.Count(difference => difference < 0)),
            // Where no row differs, nothing tells how far such differences spread.
            error > 0 ? StatisticalPower.SmallestDetectable(error) : null);
        return (differences.Average(), low, high, tests);
    }

    /// <summary>The same tests, adjusted for their number.</summary>
    /// <param name="family">Tests of one family: the sites under one condition.</param>
    public static ImmutableArray<PairedTests> Adjusted(ImmutableArray<PairedTests> family)
    {
        double[] values = [.. family.Select(tests => tests.SignFlip)];
        var (holm, falseDiscovery) = (MultipleComparisons.Holm(values), MultipleComparisons.BenjaminiHochberg(values));
        return [.. family.Select((tests, place) => tests with { Holm = holm[place], BenjaminiHochberg = falseDiscovery[place] })];
    }
}
