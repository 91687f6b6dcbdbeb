namespace ProbePipeline.Models.Sites;

/// <summary>How the states of several tokens of a row become what is kept.</summary>
public enum Reduction
{
    /// <summary>Their mean: one vector a row.</summary>
    Mean,

    /// <summary>Their elementwise maximum: one vector a row.</summary>
    Max,

    /// <summary>None: one vector a token.</summary>
    None,
}
