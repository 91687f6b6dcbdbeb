using ProbePipeline.Analysis;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Tests.Analysis;

public sealed class SiteProbesTests
{
    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Run_FeatureThatIsNotFinite_NamesConditionSiteLayerAndRow(float odd, string named)
    {
        using var folder = new TemporaryFolder();
        var manifest = new FeatureManifest
        {
            Inputs = [],
            Conditions = ["intact", "cut"],
            Columns = [new("vision.resid_post.3", FeatureType.Float32, 2)],
            AttributeNames = ["part"],
            ChunkRows = [20],
        };
        var store = FeatureStore.Begin(folder.Path, manifest, [.. Enumerable.Range(0, 20).Select(row => new FeatureRow($"scene-{row}/part-1", row, ["wheel"]))]);
        foreach (var condition in manifest.Conditions)
        {
            float[] numbers = [.. Enumerable.Range(0, 40).Select(place => (float)(place % 7))];
            numbers[27] = condition == "cut" ? odd : 0;
            var values = new FeatureValues();
            values.Set("vision.resid_post.3", numbers);
            store.Write(0, condition, values);
        }

        int[] images = [.. Enumerable.Range(0, 20)];
        var split = RowSplit.ByOrder(images, 0.6, 0.2);
        var study = new ProbeStudy { Rows = new LabeledRows(["a", "b"], [.. images.Select(image => image % 2)], [.. images], split), L2 = [1e-2], Bootstrap = new ClusterBootstrap([.. split.Test], 100, 1) };

        var error = Assert.Throws<ProbeException>(() => new SiteProbes(study, store, [new ProbeSite("vision.resid_post.3", "vision", 3)]).Run((_, _) => { }, TestContext.Current.CancellationToken));

        Assert.StartsWith($"cut, vision.resid_post.3, scene-13/part-1: expected finite numbers; found {named} in row 13, column 1; ", error.Message, StringComparison.Ordinal);
    }
}
