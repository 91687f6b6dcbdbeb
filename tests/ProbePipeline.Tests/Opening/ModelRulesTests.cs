using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Opening;

public sealed class ModelRulesTests
{
    [Theory]
    [InlineData("language.resid_post.6")]
    [InlineData("vision.mlp_out.99")]
    public void Open_PatchAtASiteThatTheModelLacks_IsRefusedByConditionAndSite(string site)
    {
        var options = ExperimentFile.Parse(
            $$"""
            model: {{SampleModel.Folder}}
            dataset: { name: partscenes, seed: 11, images: 10 }
            conditions:
              intact: []
              vision-cut: [{ tower: vision, from: all, to: all }]
              patched: [{ patch: {{site}}, tokens: all, from: vision-cut }]
            capture: { sites: [projector] }
            probe: { target: part }
            output: reports/never
            """,
            "patched.yaml");

        var error = Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken));

        Assert.StartsWith($"conditions.patched: patches {site}, expected a site of the model, which has: vision.embeddings, ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", language.final_norm", error.Message, StringComparison.Ordinal);
    }
}
