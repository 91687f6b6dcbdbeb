namespace ProbePipeline;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is.</param>
/// <param name="Unit">Of what: pictures, rows, probes.</param>
public sealed record RunProgress(string Stage, int Done, int Total, string Unit)
{
    /// <summary>Something that the user should know at once; then the numbers say nothing. Null: nothing.</summary>
    public string? Notice { get; init; }
}
