using ProbePipeline.Inspection;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Inspection;

public sealed class ExperimentSheetTests : IDisposable
{
    private readonly PreparedExperiment _experiment = PreparedExperiment.Open(ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"), $"model='{SampleModel.Folder}'", "dataset.images=10"), cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void TokenSheet_ConditionWithBlocks_ShowsQueriesAndKeysOfEveryBlock()
    {
        var sheet = TokenSheet.Of(_experiment, "scene-00000/red-circle");
        Assert.Equal("partscenes: the tokens of scene-00000/red-circle", sheet.Title);
        var last = sheet.Sections[^1];
        Assert.Equal(["language, queries: question", "language, keys: outside"], last.Pictures.Select(picture => picture.Title));
        var region = _experiment.Model.Read(_experiment.Rows.Rows[0].Picture, _experiment.Rows.Rows[0].Region, _experiment.Rows.Rows[0].Prompt).Pictures[0].Region!;
        // Outside is what of the 64 image tokens is not the region.
        Assert.Equal(Enumerable.Range(0, 64).Except(region.Tokens), last.Pictures[1].Map.Patches.Index().Where(patch => patch.Item.IsChosen).Select(patch => patch.Index));
        Assert.Equal([$"image tokens: {64 - region.Tokens.Length} of 64", "text tokens: 0 of 14"], last.Pictures[1].Lines);
        Assert.All(last.Pictures[0].Map.Patches, patch => Assert.False(patch.IsChosen));
        Assert.Equal("\\n What ▁is ▁the ▁red ▁part ? ▁ASSISTANT :", string.Join(' ', last.Pictures[0].Map.Words.Where(word => word.IsChosen).Select(word => word.Text).SkipWhile(text => text == "▁")));
    }

    [Fact]
    public void TokenSheet_VisionBlock_ShowsTheClassTokenBesideThePatches()
    {
        var sheet = TokenSheet.Of(_experiment, rowId: null);
        var cut = sheet.Sections.First(section => section.Text is ["Cut in vision: all to all, layers all"]);
        Assert.All(cut.Pictures, picture => Assert.Equal(new("class token", IsChosen: true), Assert.Single(picture.Map.Words)));
        Assert.All(cut.Pictures, picture => Assert.Equal(64, picture.Map.Patches.Count(patch => patch.IsChosen)));
        Assert.Contains("Ways left: vision, outside to region: none; language, outside to region: directly; language, outside to last: directly.", sheet.Sections.Single(section => section.Title == "Condition vision-cut").Text);
    }

    [Fact]
    public void TokenSheet_UnknownRow_NamesTheNearest()
    {
        var error = Assert.Throws<ExperimentException>(() => TokenSheet.Of(_experiment, "scene-00000/red-cicle"));
        Assert.Contains("did you mean \"scene-00000/red-circle\"?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DatasetSheet_FewRows_SpreadOverAllWithQuestionAnswerAndPart()
    {
        var sheet = DatasetSheet.Of(_experiment, 6);
        var rows = _experiment.Rows.Rows;
        Assert.Equal("partscenes: 6 rows of 60", sheet.Title);
        var pictures = Assert.Single(sheet.Sections).Pictures;
        Assert.Equal([0, 10, 20, 30, 40, 50], pictures.Select(picture => rows.Select(row => row.Id).ToList().IndexOf(picture.Title)));
        Assert.Equal(
            ["What is the red part?", $"right answer: {rows[0].Label}", "shape: circle", "color: red", $"object: {rows[0].Part.Attributes["object"]}", $"{rows[0].Region.Area} pixels; image tokens: 2 of 64", "split: train"],
            pictures[0].Lines);
        Assert.Equal("split: test", pictures[^1].Lines[^1]);
        Assert.Equal(2, pictures[0].Map.Patches.Count(patch => patch.IsChosen));
    }

    [Fact]
    public void DatasetSheet_MoreRowsThanThereAre_ShowsEachOnce() =>
        Assert.Equal(60, DatasetSheet.Of(_experiment, 1000).Sections[0].Pictures.Select(picture => picture.Title).Distinct().Count());

    public void Dispose() => _experiment.Dispose();
}
