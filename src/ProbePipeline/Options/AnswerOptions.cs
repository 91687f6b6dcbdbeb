using System.Collections.Immutable;
using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Options;

/// <summary>The question that the model is asked about every row, and what it may answer.</summary>
public sealed record AnswerOptions
{
    /// <summary>The question, or several ways of asking: <c>{color}</c> stands for that field of the row. A part is asked in every way, each a row of its own.</summary>
    public required ImmutableArray<QuestionTemplate> Questions { get; init; }

    /// <summary>The prompt around the question; null: the checkpoint's own, which is known when the model is there.</summary>
    public ChatTemplate? Template { get; init; }

    /// <summary>The answers to choose from.</summary>
    public LabelWords Choices { get; init; } = LabelWords.ClassesOf(ProbeOptions.DefaultTarget);

    /// <summary>Which choice counts as the answer.</summary>
    public AnswerScore Score { get; init; }

    /// <summary>The longest answer that the model writes itself beside the scored choices, in tokens; 0: it writes none.</summary>
    public int Generate { get; init; }

    /// <summary>Whether the model is also asked without the picture.</summary>
    public bool Blind { get; init; }
}
