namespace ProbePipeline.Probes.Results;

/// <summary>Changes of the four shares of test rows, and of kappa, against another condition.</summary>
/// <param name="Against">The condition that is compared with.</param>
/// <param name="BothRight">Of the share that both have right.</param>
/// <param name="OnlyProbeRight">Of the share that only the probe has right.</param>
/// <param name="OnlyAnswerRight">Of the share that only the answer has right.</param>
/// <param name="NeitherRight">Of the share that neither has right.</param>
/// <param name="Kappa">Of Cohen's kappa.</param>
public sealed record ReadableVersusUsedChange(
    string Against, MeasuredChange BothRight, MeasuredChange OnlyProbeRight, MeasuredChange OnlyAnswerRight, MeasuredChange NeitherRight, MeasuredChange Kappa);
