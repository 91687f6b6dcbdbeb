using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Rows;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample model and rows for it.</summary>
internal static class SampleModel
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    public static ImmutableArray<CaptureCondition> TwoConditions { get; } =
        [CaptureCondition.Intact, new("decoder-cut", [new(Tower.Language, TokenSet.Image, TokenSet.Image)])];

    public static ProbedModel Load() => ProbedModel.Load(Folder);

    public static ExperimentRows Rows(ProbedModel model, IPartDataset dataset, CancellationToken cancellation = default) =>
        ExperimentRows.Of(dataset, model, "part", new ProbePipeline.Options.AnswerOptions { Questions = [new QuestionTemplate("What is the {color} part?")] }, ChatTemplate.Llava15, cancellation);
}
