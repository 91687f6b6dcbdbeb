using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Testing;

namespace ProbePipeline.Capture.Tests;

/// <summary>The sample study, row by row, against Hugging Face transformers.</summary>
public sealed class SampleReferenceTests(ITestContextAccessor context)
{
    private const int RowsWithStates = 24;

    [Fact]
    public void Transforms_OnTheSampleStudy_GiveTheReferencesStatesAnswersAndRanks()
    {
        var reference = SampleReference.Read();
        using var model = Study.Load();
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.CaptureHiddenStates(model, Study.States(model))
            .Append(ml.Transforms.ScoreAnswers(model, Study.Answers()))
            .Append(ml.Transforms.LensRank(model, Study.Lens()));
        var scenes = SceneRow.View(ml, reference.Images);
        var rows = new ColumnReader(pipeline.Fit(scenes).Transform(scenes));

        var largest = 0.0;
        var (closeCalls, otherRanks) = (0, 0);
        foreach (var condition in SampleReference.Conditions)
        {
            foreach (var name in reference.Arrays.Names.Where(name => name.StartsWith($"{condition}/", StringComparison.Ordinal) && name.Contains("resid_post", StringComparison.Ordinal)).Append($"{condition}/projector"))
            {
                var expected = reference.Arrays.Floats(name);
                var actual = rows.Vectors<float>(name)[..expected.Length];
                var scale = expected.Max(Math.Abs);
                largest = Math.Max(largest, expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max() / scale);
            }

            var said = reference.Arrays.Integers($"{condition}/said");
            var margin = reference.Arrays.Floats($"{condition}/margin");
            var answers = rows.Keys($"{condition}/answer.choice");
            Assert.Equal(said.Length, answers.Length);
            for (var row = 0; row < said.Length; row++)
            {
                if (answers[row] - 1 != said[row])
                {
                    Assert.InRange(margin[row], 0, 1e-3f);
                    closeCalls++;
                }
            }

            // [layers, rows] there, [rows, layers] here.
            var ranks = reference.Arrays.Integers($"{condition}/rank");
            var actualRanks = rows.Vectors<int>($"{condition}/lens.rank");
            var layers = ranks.Length / said.Length;
            for (var row = 0; row < said.Length; row++)
            {
                for (var layer = 0; layer < layers; layer++)
                {
                    var difference = Math.Abs(actualRanks[(row * layers) + layer] - ranks[(layer * said.Length) + row]);
                    Assert.InRange(difference, 0, 1);
                    otherRanks += difference == 0 ? 0 : 1;
                }
            }
        }

        Assert.InRange(largest, 0, 1e-4);
        // Ties of rounding: a handful among thousands.
        Assert.InRange(otherRanks, 0, reference.Images / 6);
        context.Current.SendDiagnosticMessage($"{reference.Images} scenes, 5 conditions: largest relative difference of states {largest:E1}, {closeCalls} answers differ within the margin, {otherRanks} ranks differ by one");
    }
}
