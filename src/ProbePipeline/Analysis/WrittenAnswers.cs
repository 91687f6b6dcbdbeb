using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Features;

namespace ProbePipeline.Analysis;

/// <summary>What the model wrote as its own answers.</summary>
/// <param name="Model">What reads its tokens.</param>
/// <param name="MaxNewTokens">The longest answer.</param>
/// <param name="Choices">What it might have meant.</param>
internal sealed record WrittenAnswers(ProbedModel Model, int MaxNewTokens, ImmutableArray<string> Choices)
{
    /// <summary>For every row its text.</summary>
    public ImmutableArray<string> Texts(FeatureStore store, string condition) =>
        [.. store.Read<int>(condition, "answer.generated").Chunk(MaxNewTokens).Select(Model.Decode)];
}
