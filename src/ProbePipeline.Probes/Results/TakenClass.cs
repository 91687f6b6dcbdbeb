namespace ProbePipeline.Probes.Results;

/// <summary>What was taken of a class of the dataset, before rows are dropped that cannot be used.</summary>
/// <param name="Class">The class; empty: rows of which the dataset does not say.</param>
/// <param name="Found">Rows that the dataset has.</param>
/// <param name="OtherClass">Rows that were left out because the class is not wanted, or not known.</param>
/// <param name="Small">Rows that were left out because their region is too small.</param>
/// <param name="NotDrawn">Rows that were left out because the class has more than it gets.</param>
/// <param name="Taken">Rows that are left.</param>
public sealed record TakenClass(string Class, int Found, int OtherClass, int Small, int NotDrawn, int Taken);
