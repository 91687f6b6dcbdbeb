using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class QuestionTemplateTests
{
    private static readonly Dictionary<string, string> Row = new() { ["color"] = "red", ["shape"] = "{circle}" };

    [Theory]
    [InlineData("What is the {color} part?", "What is the red part?")]
    [InlineData("{shape}", "{circle}")]
    [InlineData("{color}{shape}{color}", "red{circle}red")]
    [InlineData("Nothing to fill", "Nothing to fill")]
    [InlineData("{{color}} is {color}", "{color} is red")]
    [InlineData("{{{color}}}", "{red}")]
    [InlineData("}}{{", "}{")]
    public void Fill_Row_PutsItsValuesIn(string text, string expected) => Assert.Equal(expected, new QuestionTemplate(text).Fill(Row));

    [Fact]
    public void Fields_NamedSeveralTimes_AreListedOnceInOrder() =>
        Assert.Equal(["shape", "color"], new QuestionTemplate("{shape} {color} {shape} {{object}}").Fields);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{ color }", " color ")]
    [InlineData("{Color}", "Color")]
    public void Fields_NearlyAField_AreNamedAsWritten(string text, string field) => Assert.Equal([field], new QuestionTemplate(text).Fields);

    [Theory]
    [InlineData("What is {color", '{', 9)]
    [InlineData("What is color}", '}', 14)]
    [InlineData("{color}}", '}', 8)]
    [InlineData("{{color}", '}', 8)]
    [InlineData("{col{or}", '{', 1)]
    public void Create_LoneBrace_SaysWhereItIs(string text, char brace, int place) =>
        AssertRefused($"has a '{brace}' at character {place} that belongs to no field", text);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Create_Blank_IsRefused(string text) => AssertRefused("expected a question such as", text);

    [Fact]
    public void Fill_RowWithoutTheField_NamesIt()
    {
        var question = new QuestionTemplate("What is the {color} part?");

        var message = Assert.Throws<PromptException>(() => question.Fill(new Dictionary<string, string> { ["size"] = "2" })).Message;

        Assert.Equal("the question 'What is the {color} part?' needs a value for {color}; the row has only size", message);
    }

    private static void AssertRefused(string reason, string text) =>
        Assert.Contains(reason, Assert.Throws<PromptException>(() => new QuestionTemplate(text)).Message, StringComparison.Ordinal);
}
