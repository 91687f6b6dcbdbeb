namespace ProbePipeline.Sharding;

/// <summary>What joining shards came to.</summary>
/// <param name="Chunks">How many chunks, under any condition, were taken over this time.</param>
/// <param name="IsComplete">Whether all features are there; if not, those under conditions that need something fitted are still to be made, and it is fitted now.</param>
/// <param name="HasProbes">Whether probes are to be trained on them.</param>
public sealed record JoinOutcome(int Chunks, bool IsComplete, bool HasProbes);
