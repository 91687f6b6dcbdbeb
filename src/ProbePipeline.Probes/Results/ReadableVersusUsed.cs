namespace ProbePipeline.Probes.Results;

/// <summary>
/// Test row by test row: whether a probe reads the label and whether the model answers it, under one condition. The probe is the one at the site with the
/// best validation accuracy on the path to the answer.
/// </summary>
public sealed record ReadableVersusUsed
{
    /// <summary>The probe's site.</summary>
    public required string Site { get; init; }

    /// <summary>Rows that both have right: readable and used.</summary>
    public required int BothRight { get; init; }

    /// <summary>Rows that only the probe has right: readable, but not used.</summary>
    public required int OnlyProbeRight { get; init; }

    /// <summary>Rows that only the answer has right: used, but not readable by this probe.</summary>
    public required int OnlyAnswerRight { get; init; }

    /// <summary>Rows that neither has right.</summary>
    public required int NeitherRight { get; init; }

    /// <summary>Cohen's kappa (1960) of right and wrong: agreement of probe and answer beyond what their accuracies make likely.</summary>
    public required double Kappa { get; init; }

    /// <summary>Lower end of the 95 % interval of <see cref="Kappa"/>: cluster bootstrap over pictures, percentiles.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public required double High { get; init; }

    /// <summary>What is different from the condition that the others are compared with; null for that one.</summary>
    public ReadableVersusUsedChange? Change { get; init; }
}
