using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Capture.Columns;

/// <summary>The log-likelihood of every choice: a vector a row.</summary>
internal sealed record LikelihoodColumn(CaptureCondition Condition, Likelihoods Choices, bool PerToken)
    : NetworkColumn(Condition, PerToken ? "answer.log_likelihood_per_token" : "answer.log_likelihood")
{
    public override DataViewType Type => new VectorDataViewType(NumberDataViewType.Single, Choices.Texts.Length);

    public override ForwardRequest Ask(ForwardRequest request) => request with { LogitsAt = TokenSet.Last };

    public override Array Read(BatchRun run) => PerToken ? Choices.Means(run, Condition) : Choices.Sums(run, Condition);

    public override Delegate Getter(Func<Array> values, Func<int> row) => Vectors<float>(values, row, Choices.Texts.Length);

    protected override void Annotate(DataViewSchema.Annotations.Builder builder) => AddNames(builder, "SlotNames", Choices.Texts.Length, slot => Choices.Texts[slot]);
}
