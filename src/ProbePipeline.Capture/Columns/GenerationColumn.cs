using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Columns;

/// <summary>The ids of the tokens that the model writes greedily, the end of the answer left out: a vector a row, filled up with <see cref="None"/>.</summary>
internal sealed record GenerationColumn(CaptureCondition Condition, int MaxNewTokens, ImmutableArray<int> EndTokens) : NetworkColumn(Condition, "answer.generated")
{
    /// <summary>No token.</summary>
    public const int None = -1;

    public override DataViewType Type => new VectorDataViewType(NumberDataViewType.Int32, MaxNewTokens);

    // It runs the network itself, since every token needs a step of its own.
    public override ForwardRequest Ask(ForwardRequest request) => request;

    public override Array Read(BatchRun run)
    {
        var change = run.Changes[Condition.Name];
        var answers = run.Model.Network.Generate(
            new Batch(run.Rows), new GenerationOptions { MaxNewTokens = MaxNewTokens, StopTokens = EndTokens, Blocks = change.Blocks, Edits = change.Edits });
        return answers.SelectMany(answer => answer.Where(id => !EndTokens.Contains(id)).Concat(Enumerable.Repeat(None, MaxNewTokens)).Take(MaxNewTokens)).ToArray();
    }

    public override Delegate Getter(Func<Array> values, Func<int> row) => Vectors<int>(values, row, MaxNewTokens);

    protected override void Annotate(DataViewSchema.Annotations.Builder builder) =>
        AddNames(builder, "SlotNames", MaxNewTokens, slot => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"token {slot + 1}"));
}
