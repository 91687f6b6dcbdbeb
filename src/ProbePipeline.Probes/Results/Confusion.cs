using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Predictions against labels on the test rows.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Site">The site with the best validation accuracy under this condition, among those on the path to the answer.</param>
/// <param name="Counts">Rows: the label's class; columns: the predicted one.</param>
public sealed record Confusion(string Condition, string Site, ImmutableArray<ImmutableArray<int>> Counts);
