using ProbePipeline.Options;
using ProbePipeline.Saving;

namespace ProbePipeline.Tests;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("probe run a.yaml --set model=https://user:pass@host/x", "probe run a.yaml --set model=https://***@host/x")]
    [InlineData("s3://key@bucket/a and http://a.b/c?x=1&access_token=abc&y=2", "s3://***@bucket/a and http://a.b/c?x=1&access_token=***&y=2")]
    [InlineData("no folder (looked for /here/https:/user:pass@host/x)", "no folder (looked for /here/https:/***@host/x)")]
    [InlineData("C:/me@home and C:/a", "C:/me@home and C:/a")]
    [InlineData("https://store/a?X-Amz-Signature=00ff", "https://store/a?X-Amz-Signature=***")]
    [InlineData("hf_abcdefghijklmnopqrst and hf_model", "*** and hf_model")]
    [InlineData("the variable's own value: value-of-the-token", "the variable's own value: ***")]
    [InlineData("org/name@main a@b https://host/a@b", "org/name@main a@b https://host/a@b")]
    public void Of_Text_LosesItsSecretsAlone(string text, string expected) =>
        Assert.Equal(expected, Redaction.Of(text, name => name == "HF_TOKEN" ? "value-of-the-token\n" : null));

    [Fact]
    public void Of_CommandLine_LosesItsSecrets() => Assert.Equal(
        "probe run a.yaml --set 'model=https://***@host' --set 'name=***'",
        RunCommandLine.Of("a.yaml", ["model=https://user:marker@host", "name=hf_markermarkermarker"]));

    /// <summary>A value that is refused is shown in the error, and so is the override that it comes from.</summary>
    [Fact]
    public void Parse_OverrideWithASecret_DoesNotShowIt()
    {
        var error = Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse("model: a\n", "a.yaml", "dataset.images=https://user:marker@host/", "nosuch=hf_markermarkermarker", "hf_markermarkermarker"));
        Assert.Contains("https://***@host/", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", $"{error}{string.Concat(error.Problems)}", StringComparison.Ordinal);
    }

    [Fact]
    public void MessageOf_AnyError_LosesItsSecrets() =>
        Assert.Equal("https://***@host is no folder", ExpectedErrors.MessageOf(new ExperimentException("https://user:marker@host is no folder")));
}
