namespace ProbePipeline.Options;

/// <summary>Which choice counts as the model's answer.</summary>
public enum AnswerScore
{
    /// <summary>The likeliest: the highest sum over its tokens' log-likelihoods.</summary>
    Sum,

    /// <summary>The likeliest a token, so that longer choices are not at a disadvantage.</summary>
    PerToken,

    /// <summary>
    /// The one that the picture makes most likelier: its log-likelihood less that of the same choice without the picture, so that words that the model likes to say anyway do not win
    /// (Zhao et al. 2021, arXiv 2102.09690; Holtzman et al. 2021, arXiv 2104.08315).
    /// </summary>
    Calibrated,

    /// <summary>The one that the model's own greedy answer is, letter by letter.</summary>
    GeneratedExact,

    /// <summary>The same without regard to case, punctuation and articles, which is how visual question answering is scored (Antol et al. 2015, arXiv 1505.00468).</summary>
    GeneratedNormalized,

    /// <summary>The one that the model's own answer, normalized so, names first.</summary>
    GeneratedContained,
}
