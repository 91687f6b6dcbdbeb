using System.Collections.Immutable;
using ProbePipeline.Analysis;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Rows;

namespace ProbePipeline.Tests.Analysis;

public sealed class ErasureAnalysisTests
{
    [Fact]
    public void RowsOf_FieldOfTheRows_HasTheirClassesOnTheSameSplit()
    {
        var (task, rows) = Task(20);

        var other = ErasureAnalysis.RowsOf("object", task, rows);

        Assert.Equal(rows.Select(row => row.Part.Attributes["object"]).Distinct().Order(StringComparer.Ordinal), other.Classes);
        Assert.Equal(rows.Select(row => row.Part.Attributes["object"]), other.Labels.Select(label => other.Classes[label]));
        Assert.Same(task.Split, other.Split);
    }

    [Fact]
    public void RowsOf_FieldThatMakesNoTask_NamesKeyFieldAndClass()
    {
        var (task, rows) = Task(4);

        var error = Assert.Throws<ProbeException>(() => ErasureAnalysis.RowsOf("part", task, rows));

        Assert.Matches("^probe.erasure.other, part: class '[a-z]+': expected rows", error.Message);
    }

    // Whatever the rows are about, the task itself is even against odd rows.
    private static (LabeledRows Task, ImmutableArray<ExperimentRow> Rows) Task(int pictures)
    {
        using var model = SampleModel.Load();
        var rows = SampleModel.Rows(model, new PartScenes(11, pictures)).Rows;
        int[] images = [.. rows.Select(row => row.Image)];
        return (new LabeledRows(["even", "odd"], [.. rows.Select((_, index) => index % 2)], [.. images], RowSplit.ByOrder(images, 0.4, 0.3)), rows);
    }
}
