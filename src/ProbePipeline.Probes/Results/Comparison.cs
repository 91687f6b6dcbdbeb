namespace ProbePipeline.Probes.Results;

/// <summary>The difference of two conditions' test accuracies over the same rows.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Against">The condition that it is compared with.</param>
/// <param name="Site">The probe's site; null for the model's own answers.</param>
/// <param name="Difference"><paramref name="Condition"/> less <paramref name="Against"/>.</param>
/// <param name="Low">Lower end of the 95 % interval: cluster bootstrap over pictures of the paired difference, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record Comparison(string Condition, string Against, string? Site, double Difference, double Low, double High)
{
    /// <summary>Tests of the difference; null in results of earlier versions.</summary>
    public PairedTests? Tests { get; init; }
}
