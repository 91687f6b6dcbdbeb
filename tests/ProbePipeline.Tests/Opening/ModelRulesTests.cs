using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Opening;

public sealed class ModelRulesTests
{
    [Theory]
    [InlineData("patch: language.resid_post.6, tokens: all, from: vision-cut", "patches language.resid_post.6")]
    [InlineData("patch: vision.mlp_out.99, tokens: all, from: vision-cut", "patches vision.mlp_out.99")]
    [InlineData("erase: part, at: language.resid_post.99, tokens: all", "erases at language.resid_post.99")]
    public void Open_ChangeAtASiteThatTheModelLacks_IsRefusedByConditionAndSite(string change, string expected)
    {
        var options = ExperimentFile.Parse(
            $$"""
            model: {{SampleModel.Folder}}
            dataset: { name: partscenes, seed: 11, images: 10 }
            conditions:
              intact: []
              vision-cut: [{ tower: vision, from: all, to: all }]
              changed: [{ {{change}} }]
            capture: { sites: [projector, language.resid_post] }
            answer: { question: "What is the {color} part?", choices: parts }
            probe: { target: part }
            output: reports/never
            """,
            "changed.yaml");

        var error = Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken));

        Assert.StartsWith($"conditions.changed: {expected}, expected a site of the model, which has: vision.embeddings, ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", language.final_norm", error.Message, StringComparison.Ordinal);
    }
}
