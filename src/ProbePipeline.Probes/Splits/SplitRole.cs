namespace ProbePipeline.Probes.Splits;

/// <summary>What a row is for.</summary>
public enum SplitRole
{
    /// <summary>The probe's weights are fitted on it.</summary>
    Train,

    /// <summary>Penalty and layer are chosen on it.</summary>
    Validation,

    /// <summary>What is reported is measured on it, and nothing is chosen.</summary>
    Test,

    /// <summary>It is left out, as are most training rows at the beginning of a learning curve.</summary>
    Unused,
}
