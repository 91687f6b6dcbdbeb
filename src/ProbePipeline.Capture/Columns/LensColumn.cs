using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Columns;

/// <summary>Logit-lens ranks, a number a decoder layer: of the row's own label, or of another class's on the same tokens.</summary>
internal sealed record LensColumn(CaptureCondition Condition, LensRanks Ranks, bool Other) : NetworkColumn(Condition, Other ? "lens.other_rank" : "lens.rank")
{
    public override DataViewType Type => new VectorDataViewType(NumberDataViewType.Int32, Ranks.Layers.Length);

    public override string LabelColumn => Ranks.LabelColumn;

    public override ForwardRequest Ask(ForwardRequest request) => request with { Captures = request.Captures.AddRange(Ranks.Layers) };

    public override Array Read(BatchRun run) => Other ? Ranks.Other(run, Condition) : Ranks.Own(run, Condition);

    public override Delegate Getter(Func<Array> values, Func<int> row) => Vectors<int>(values, row, Ranks.Layers.Length);

    protected override void Annotate(DataViewSchema.Annotations.Builder builder) => AddNames(builder, "SlotNames", Ranks.Layers.Length, layer => $"{Ranks.Layers[layer].Site}");
}
