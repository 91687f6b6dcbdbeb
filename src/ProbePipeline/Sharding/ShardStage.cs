namespace ProbePipeline.Sharding;

/// <summary>What a shard has done its share of: the first stage that is not joined yet.</summary>
public enum ShardStage
{
    /// <summary>Features under the conditions that need nothing fitted, and those of the untrained network where they are asked for.</summary>
    Features,

    /// <summary>Features under the conditions that erase or replace by means, which are fitted on the features of all rows.</summary>
    FittedFeatures,

    /// <summary>Probes.</summary>
    Probes,
}
