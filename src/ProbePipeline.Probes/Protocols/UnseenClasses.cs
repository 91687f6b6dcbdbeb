namespace ProbePipeline.Probes.Protocols;

/// <summary>What a code does with probabilities of 0, such as those of classes that no earlier block has shown.</summary>
public enum UnseenClasses
{
    /// <summary>
    /// Of n rows seen and K classes, (n p + 1) / (n + K): the uniform code mixed in with the weight that Laplace's rule of succession gives it. These are
    /// probabilities, sender and receiver both know n, and no label costs more than log2(n + K) bits.
    /// </summary>
    Laplace,

    /// <summary>At least 1e-12, and not normalised again: what scikit-learn users commonly do, and no code in the strict sense.</summary>
    Clip,
}
