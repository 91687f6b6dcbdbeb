using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Probes.Training;

/// <summary>All penalties of one task on one split.</summary>
/// <param name="Best">The probe with the best validation accuracy; of equals the one with the larger penalty.</param>
/// <param name="Likeliest">The probe with the least validation log loss; of equals the one with the larger penalty.</param>
/// <param name="Sweep">How all did, penalties ascending.</param>
internal sealed record TaskSweep(FittedProbe Best, FittedProbe Likeliest, ImmutableArray<SweepPoint> Sweep);
