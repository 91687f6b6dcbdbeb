namespace ProbePipeline.Probes.Results;

/// <summary>
/// V-information (Xu et al. 2020, arXiv 2002.10689): the bits about the label that linear probes can use, estimated on test rows with the probe that has
/// the least validation log loss. Below 0 where that probe is worse than class frequencies.
/// </summary>
/// <param name="LabelEntropy">Mean bits a row to code the label by the class frequencies of training.</param>
/// <param name="ConditionalEntropy">Mean bits a row to code the label by the probe's probabilities; infinite where a right class has probability 0.</param>
/// <param name="Bits"><paramref name="LabelEntropy"/> less <paramref name="ConditionalEntropy"/>.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="Bits"/>: cluster bootstrap over pictures, percentiles; null where it is infinite.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record UsableInformation(double LabelEntropy, double ConditionalEntropy, double Bits, double? Low, double? High);
