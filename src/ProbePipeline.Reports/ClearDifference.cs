using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports;

/// <summary>Differences that charts fill and headlines name.</summary>
internal static class ClearDifference
{
    /// <summary>Whether the interval holds differences of one sign alone.</summary>
    public static bool LeavesOutZero(this Comparison comparison) => comparison.Low > 0 || comparison.High < 0;
}
