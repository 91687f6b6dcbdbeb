namespace ProbePipeline.Probes.Results;

/// <summary>What a condition leaves open: the shortest path along which information can still flow.</summary>
/// <param name="Tower">vision or language.</param>
/// <param name="From">Where the information lies: <c>outside</c>.</param>
/// <param name="To">Where it could arrive: <c>region</c> or <c>last</c>.</param>
/// <param name="Through"><c>none</c> where there is no path, <c>directly</c>, or the token sets between, such as <c>through cls</c>.</param>
public sealed record RemainingPath(string Tower, string From, string To, string Through);
