using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Capture.Columns;

/// <summary>The likeliest choice as a key, whose values are the choices; of equals the first.</summary>
internal sealed record ChoiceColumn(CaptureCondition Condition, Likelihoods Choices, bool PerToken) : NetworkColumn(Condition, "answer.choice")
{
    public override DataViewType Type => new KeyDataViewType(typeof(uint), Choices.Texts.Length);

    public override ForwardRequest Ask(ForwardRequest request) => request with { LogitsAt = TokenSet.Last };

    // Keys count from 1.
    public override Array Read(BatchRun run)
    {
        var scores = PerToken ? Choices.Means(run, Condition) : Choices.Sums(run, Condition);
        return scores.Chunk(Choices.Texts.Length).Select(row => (uint)TensorPrimitives.IndexOfMax(row) + 1).ToArray();
    }

    public override Delegate Getter(Func<Array> values, Func<int> row) => (ValueGetter<uint>)((ref uint value) => value = ((uint[])values())[row()]);

    protected override void Annotate(DataViewSchema.Annotations.Builder builder) => AddNames(builder, "KeyValues", Choices.Texts.Length, slot => Choices.Texts[slot]);
}
