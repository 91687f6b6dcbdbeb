using ProbePipeline.Analysis;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Analysis;

public sealed class AnswerMatchTests
{
    private static readonly (int, string)[] Choices = [(0, "wheel"), (2, "door"), (3, "car door"), (4, "T-shirt")];

    [Theory]
    [InlineData(" door\n", 2)]
    [InlineData("Door", -1)]
    [InlineData("the door", -1)]
    [InlineData("", -1)]
    public void Find_Exact_TakesTheTextLetterByLetter(string text, int index) => Assert.Equal(index, AnswerMatch.Find(text, Choices, AnswerScore.GeneratedExact));

    [Theory]
    [InlineData("The Door.", 2)]
    [InlineData("a t shirt!", 4)]
    [InlineData("It is the door.", -1)]
    [InlineData("doors", -1)]
    [InlineData("door door", -1)]
    [InlineData("...", -1)]
    public void Find_Normalized_LeavesCasePunctuationAndArticlesOut(string text, int index) => Assert.Equal(index, AnswerMatch.Find(text, Choices, AnswerScore.GeneratedNormalized));

    [Theory]
    [InlineData("It is the door, not the wheel.", 2)]
    [InlineData("a wheel or a door", 0)]
    // Of those that begin at one place the longest.
    [InlineData("This is a car door.", 3)]
    [InlineData("wheels and doors", -1)]
    [InlineData("", -1)]
    public void Find_Contained_TakesWhatIsNamedFirst(string text, int index) => Assert.Equal(index, AnswerMatch.Find(text, Choices, AnswerScore.GeneratedContained));
}
