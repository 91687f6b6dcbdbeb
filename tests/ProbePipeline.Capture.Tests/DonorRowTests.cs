using Microsoft.ML;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Tests;

public sealed class DonorRowTests : IDisposable
{
    private static readonly InputColumns Beside = new("OtherPicture", "OtherPrompt", "OtherRegion");

    private readonly MLContext _ml = new();
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Transform_PatchFromAnotherRow_GivesThatRowsStatesAtTheSiteToTheBit(bool mean)
    {
        var rows = SceneRow.Of(3);
        int[] donors = [.. Enumerable.Range(0, rows.Count).Select(row => (row + 5) % rows.Count)];
        // Image tokens are as many in every row, a region's are not: the mean of those is what a region's mean is pooled from.
        var tokens = mean ? TokenSet.Region : TokenSet.Image;
        var patched = new CaptureCondition("patched", []) { Patches = [new ConditionPatch(Site.Projector, tokens, Study.Conditions[1]) { DonorRow = Beside, Mean = mean }] };
        var captures = new HiddenStateOptions
        {
            Conditions = [CaptureCondition.Intact, Study.Conditions[1], patched],
            Captures = [new SiteCapture(Site.Projector, mean ? Pooling.RegionMean : Pooling.ImageMean)],
            BatchSize = 4,
        };
        var view = _ml.Data.LoadFromEnumerable(rows.Zip(donors, (row, donor) => new PairedRow(row, rows[donor])));
        var fitted = _ml.Transforms.CaptureHiddenStates(_model, captures).Fit(view);
        var read = new ColumnReader(fitted.Transform(view));
        var width = _model.Network.WidthOf(Site.Projector);
        var cut = read.Vectors<float>("vision-cut/projector").Chunk(width).ToArray();
        var found = read.Vectors<float>("patched/projector").Chunk(width).ToArray();
        Assert.Equal(rows.Count, found.Length);
        foreach (var (row, donor) in donors.Index())
        {
            // A mean of equal states is rounded once more.
            Assert.All(found[row].Zip(cut[donor]), number => Assert.Equal(number.Second, number.First, mean ? 1e-5f : 0));
        }

        var path = Path.GetTempFileName();
        try
        {
            _ml.Model.Save(fitted, view.Schema, path);
            using var loaded = _ml.Model.LoadWithNetworks(path, out _);
            Assert.Equal(read.Vectors<float>("patched/projector"), new ColumnReader(loaded.Transformer.Transform(view)).Vectors<float>("patched/projector"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Fit_InputWithoutTheDonorsColumns_IsRefused()
    {
        var patched = new CaptureCondition("patched", []) { Patches = [new ConditionPatch(Site.Projector, TokenSet.Image, CaptureCondition.Intact) { DonorRow = Beside }] };
        var pipeline = _ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Conditions = [patched], Captures = [new(Site.Projector, Pooling.ImageMean)] });
        Assert.StartsWith("expected a column 'OtherPicture' of type", Assert.Throws<CaptureException>(() => pipeline.Fit(SceneRow.View(_ml, 1))).Message, StringComparison.Ordinal);
    }

    private sealed class PairedRow(SceneRow row, SceneRow other)
    {
        [PictureType]
        public Picture Picture => row.Picture;

        public string Prompt => row.Prompt;

        [RegionType]
        public RegionMask Region => row.Region;

        [PictureType]
        public Picture OtherPicture => other.Picture;

        public string OtherPrompt => other.Prompt;

        [RegionType]
        public RegionMask OtherRegion => other.Region;
    }
}
