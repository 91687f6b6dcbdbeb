using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Columns;

/// <summary>The pooled states of a site: a vector a row.</summary>
internal sealed record HiddenStateColumn(CaptureCondition Condition, string Part, SiteCapture Capture, int Width) : NetworkColumn(Condition, Part)
{
    public override DataViewType Type => new VectorDataViewType(NumberDataViewType.Single, Width);

    public override ForwardRequest Ask(ForwardRequest request) => request with { Captures = request.Captures.Add(Capture) };

    // [rows, width]
    public override Array Read(BatchRun run) => run.StatesOf(Condition.Name, Capture);

    public override Delegate Getter(Func<Array> values, Func<int> row) => Vectors<float>(values, row, Width);

    protected override void Annotate(DataViewSchema.Annotations.Builder builder)
    {
        AddText(builder, "Site", $"{Capture.Site}");
        AddText(builder, "Pooling", $"{Capture.Pooling}");
        AddNames(builder, "SlotNames", Width, slot => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Capture.Site}[{slot}]"));
    }
}
