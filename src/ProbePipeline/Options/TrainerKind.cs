namespace ProbePipeline.Options;

/// <summary>What trains a probe. Both trainers end at the same optimum.</summary>
public enum TrainerKind
{
    /// <summary>The batched trainer where it pays, else ML.NET's.</summary>
    Auto,

    /// <summary>ML.NET's L-BFGS.</summary>
    Lbfgs,

    /// <summary>L-BFGS with a preconditioner on tensors, all penalties and tasks of a site at once.</summary>
    Batched,
}
