namespace ProbePipeline.Sharding;

/// <summary>What a shard has finished.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Stage">Of what it did its share.</param>
/// <param name="Done">How much its share was, what an earlier attempt had finished included.</param>
/// <param name="Unit">Of what: rows, probes.</param>
public sealed record ShardOutcome(Shard Shard, ShardStage Stage, int Done, string Unit);
