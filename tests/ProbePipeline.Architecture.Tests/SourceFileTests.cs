using ProbePipeline.Testing;

namespace ProbePipeline.Architecture.Tests;

public sealed class SourceFileTests
{
    private const string Type = "namespace N;\n\npublic sealed class One\n{\n    public class Nested;\n}\n";

    [Fact]
    public void Violations_OfTheSource_AreNone() => Assert.Empty(House.SourceFiles.SelectMany(file => file.Violations()));

    [Fact]
    public void MirroredFolder_OfEveryTest_Exists() => Assert.Empty(
        House.TestFiles.Where(file => file.MirroredFolder() is { } folder && !Directory.Exists(Path.Combine(Repository.Root, folder)))
            .Select(file => $"{file.Path} tests nothing in {file.MirroredFolder()}/, which does not exist."));

    [Fact]
    public void Violations_OfAnOrdinaryFile_AreNone() => Assert.Empty(new SourceFile("src/P/One.cs", Type).Violations());

    [Fact]
    public void Violations_LongestAllowedFile_AreNone() => Assert.Empty(new SourceFile("src/P/One.cs", Lines(SourceFile.LongestFile)).Violations());

    [Fact]
    public void Violations_OneLineMore_IsCaught() => Assert.Equal(
        ["src/P/One.cs has 401 lines; past 400 it has two jobs."],
        new SourceFile("src/P/One.cs", Lines(SourceFile.LongestFile + 1)).Violations());

    [Fact]
    public void Violations_WorkLeftForLater_IsCaught() => Assert.StartsWith(
        "src/P/One.cs throws NotImplementedException",
        Assert.Single(new SourceFile("src/P/One.cs", "throw new NotImplementedException();\n").Violations()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("public readonly record struct Two(int Value);")]
    [InlineData("public static class Two;")]
    [InlineData("public enum Two { A }")]
    [InlineData("public delegate void Two();")]
    public void Violations_SecondPublicType_IsCaught(string second) => Assert.Equal(
        ["src/P/One.cs has 2 public types; one a file."],
        new SourceFile("src/P/One.cs", Type + second).Violations());

    [Theory]
    [InlineData("src/P/TensorHelper.cs")]
    [InlineData("src/P/StringUtils.cs")]
    [InlineData("src/P/ModelManager.cs")]
    public void Violations_NameThatSaysNothing_IsCaught(string path) => Assert.Contains(
        "named after nothing",
        Assert.Single(new SourceFile(path, Type).Violations()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("tests/P.Tests/Folder/OneTests.cs", "src/P/Folder")]
    [InlineData("tests/P.Tests/Folder/Deeper/OneTests.cs", "src/P/Folder")]
    [InlineData("tests/P.Torch.Tests/Folder/OneTests.cs", "src/P/Folder")]
    [InlineData("tests/ProbePipeline.Torch.Tests/Folder/OneTests.cs", "src/ProbePipeline.Torch/Folder")]
    [InlineData("tests/P.Tests/OneTests.cs", null)]
    [InlineData("tests/P.Tests/Folder/Support.cs", null)]
    [InlineData("tests/P.Testing/Folder/OneTests.cs", null)]
    public void MirroredFolder_OfAFile_IsItsFirstFolderUnderSource(string path, string? folder) =>
        Assert.Equal(folder, new SourceFile(path, "").MirroredFolder());

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// line\n", count));
}
