using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Options;

namespace ProbePipeline.Tests;

public sealed class DatasetCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_SoundDataset_CountsAndFindsNothing()
    {
        var check = DatasetCheck.Of(Options("{ name: partscenes, seed: 11, images: 10 }"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (check.ProblemCount, check.Problems.Length));
        Assert.Contains(("rows", "60 about 10 pictures"), check.Lines);
        Assert.Equal(60, check.Lines.Where(line => line.What.StartsWith("part ", StringComparison.Ordinal)).Sum(line => int.Parse(line.Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains(("split not said", "10 pictures"), check.Lines);
    }

    [Fact]
    public void Of_WhatIsWrong_IsAllSaid()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "a.png"), PictureEncoder.EncodePng(new Picture(new PictureSize(4, 4), new byte[48])));
        File.WriteAllBytes(Path.Combine(_folder.Path, "small.png"), PictureEncoder.EncodePng(new PictureSize(2, 2), [1, 1, 1, 1]));
        File.WriteAllText(Path.Combine(_folder.Path, "broken.png"), "none");
        File.WriteAllLines(Path.Combine(_folder.Path, "parts.jsonl"),
        [
            """{"picture": "a.png", "box": [0, 0, 2, 2], "part": "wheel", "split": "train"}""",
            """{"picture": "a.png", "mask": "small.png", "part": "wheel", "split": "train"}""",
            """{"picture": "a.png", "box": [9, 9, 2, 2], "part": "door", "split": "train"}""",
            """{"picture": "a.png", "box": [0, 0, 2, 2], "split": "train"}""",
            """{"picture": "broken.png", "rle": {"size": [4, 4], "counts": [16]}, "part": "door", "split": "test"}""",
        ]);
        var check = DatasetCheck.Of(Options($"{{ name: manifest, path: '{Path.Combine(_folder.Path, "parts.jsonl")}' }}"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(check.ProblemCount, check.Problems.Length);
        Assert.Collection(
            check.Problems,
            problem => Assert.Contains("a.png#2: expected a region on the picture's 4 x 4 pixels; found one on 2 x 2", problem, StringComparison.Ordinal),
            problem => Assert.Contains("line 3: expected a box or point on the picture", problem, StringComparison.Ordinal),
            problem => Assert.Equal("a.png#4: expected a value for part; found none", problem),
            problem => Assert.Contains("broken.png: expected JPEG, PNG", problem, StringComparison.Ordinal),
            problem => Assert.Contains("broken.png#1: expected a region; found one without a pixel", problem, StringComparison.Ordinal));
        Assert.Contains(("part wheel", "2"), check.Lines);
        Assert.Contains(("split test", "1 pictures"), check.Lines);
    }

    public void Dispose() => _folder.Dispose();

    private static ExperimentOptions Options(string dataset) =>
        ExperimentFile.Parse($"model: {SampleModel.Folder}\ndataset: {dataset}\nconditions: {{ intact: [] }}\ncapture: {{ sites: vision.resid_post }}\n", "check.yaml");
}
