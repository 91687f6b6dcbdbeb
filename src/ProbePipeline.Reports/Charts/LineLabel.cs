namespace ProbePipeline.Reports.Charts;

/// <summary>What stands beside the end of a line.</summary>
/// <param name="Value">Where the line ends.</param>
/// <param name="Text">What it shows.</param>
/// <param name="Style">The condition's look; null for a line that belongs to none.</param>
internal sealed record LineLabel(double Value, string Text, ConditionStyle? Style);
