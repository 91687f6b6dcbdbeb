using System.Reflection;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Options;

public sealed class DatasetFormsTests
{
    [Fact]
    public void All_EveryNameOfDatasetOptions_IsAForm() => Assert.Equal(
        typeof(DatasetOptions).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!),
        DatasetForms.All.Select(form => form.Name));

    [Fact]
    public void All_EveryForm_HasARowInItsPage()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "own-dataset.md"));

        Assert.Empty(DatasetForms.All.Where(form => !page.Contains($"\n| `{form.Name}` |", StringComparison.Ordinal)).Select(form => form.Name));
    }

    [Theory]
    [InlineData("coco-parts", "the key path")]
    [InlineData("ade20k-parts", "the key path")]
    [InlineData("panoptic-parts", "the keys path, pictures and definitions")]
    public void Check_WithoutWhatItLiesIn_NamesTheKeys(string name, string expected) => Assert.Contains(
        $"a dataset of the form {name} lies on disk; expected {expected}", Message($"{{ name: {name} }}"), StringComparison.Ordinal);

    [Fact]
    public void Check_KeyOfAnotherForm_NamesThoseThatItHas() => Assert.Contains(
        "a dataset of the form coco-parts has no definitions; expected name, images, select, path, pictures", Message("{ name: coco-parts, path: x.json, definitions: y }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("partscenes")]
    [InlineData("coco-parts")]
    [InlineData("panoptic-parts")]
    [InlineData("ade20k-parts")]
    public void Open_EveryFormThatIsReadLater_IsTheDatasetOfThatName(string name) =>
        Assert.Equal(name, new DatasetOptions { Name = name, Path = "x", Pictures = "y", Definitions = "z" }.Open().Name);

    [Fact]
    public void Open_UnknownName_ListsTheForms() => Assert.Equal(
        "expected a dataset, which is one of partscenes, manifest, coco-parts, panoptic-parts, ade20k-parts; found 'coco'",
        Assert.Throws<ExperimentException>(() => new DatasetOptions { Name = "coco" }.Open()).Message);

    private static string Message(string dataset) => Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(
        $"model: m\ndataset: {dataset}\nconditions: {{ intact: [] }}\ncapture: {{ sites: [vision.resid_post] }}\nprobe: {{ target: part }}\n", "test.yaml")).Message;
}
