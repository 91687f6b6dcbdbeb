namespace ProbePipeline.Probes.Results;

/// <summary>What probes find at a site after the target was erased there: LEACE, fitted on training rows (Belrose et al. 2023, arXiv 2306.03819). Accuracies are of test rows.</summary>
public sealed record ErasureResult
{
    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>Directions that were taken out.</summary>
    public required int Rank { get; init; }

    /// <summary>Accuracy of the probe before.</summary>
    public required double Before { get; init; }

    /// <summary>Accuracy of the same probe, not trained again, on erased states.</summary>
    public required double SameProbe { get; init; }

    /// <summary>
    /// Accuracy of a new probe, trained on the erased states of training rows and chosen on those of validation rows, as the first was on the others. Where
    /// <see cref="ProbeStudy.Refit"/> fitted the first again on both parts together, the new one has seen fewer rows: it is not fitted again.
    /// </summary>
    public required double After { get; init; }

    /// <summary>Lower end of the 95 % interval of <see cref="After"/>: cluster bootstrap over pictures, percentiles.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public required double High { get; init; }

    /// <summary>Accuracy of the class that is most frequent in training: what a probe that sees nothing reaches.</summary>
    public required double Majority { get; init; }

    /// <summary>What the erasure of the target left of another field; null where none was asked for.</summary>
    public OtherField? Other { get; init; }

    /// <summary>A field of the rows that was not to be erased.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Before">Accuracy of a probe for it before.</param>
    /// <param name="After">Accuracy of a new probe for it on states without the target.</param>
    /// <param name="Low">Lower end of the 95 % interval of the paired difference, after less before: cluster bootstrap over pictures, percentiles.</param>
    /// <param name="High">Upper end of the same interval.</param>
    /// <param name="Majority">Accuracy of the field's class that is most frequent in training.</param>
    public sealed record OtherField(string Field, double Before, double After, double Low, double High, double Majority);
}
