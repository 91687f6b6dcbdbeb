namespace ProbePipeline.Options;

/// <summary>The row that a patch takes its states from.</summary>
public enum PatchRows
{
    /// <summary>The row itself, under the other condition.</summary>
    Same,

    /// <summary>A row about another picture, token by token: it must have as many of the tokens.</summary>
    Other,

    /// <summary>A row about another picture, of which every token gets the mean over these tokens.</summary>
    OtherMean,
}
