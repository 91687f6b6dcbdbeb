namespace ProbePipeline.Probes.Protocols;

/// <summary>Where an online code's blocks may end.</summary>
public enum CodeBlocks
{
    /// <summary>Between pictures: rows of one picture are alike, and a probe that has seen some of them would find the others too easily.</summary>
    Pictures,

    /// <summary>Between any two rows.</summary>
    Rows,
}
