namespace ProbePipeline.Features;

/// <summary>How a number is stored.</summary>
public enum FeatureType
{
    /// <summary>IEEE 754 single precision: states, likelihoods.</summary>
    Float32,

    /// <summary>Signed whole numbers: ranks, indices of choices.</summary>
    Int32,
}
