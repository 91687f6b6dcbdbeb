using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class RowSectionTests
{
    [Fact]
    public void Of_RowsLeftOut_AreATableByClass()
    {
        var results = ReferenceStudy.Results with { Taken = [new TakenClass("wheel", 10, 0, 2, 3, 5), new TakenClass("", 4, 4, 0, 0, 0)] };
        var table = RowSection.Of(results).OfType<TableBlock>().First();
        Assert.Equal([["wheel", "10", "0", "2", "3", "5"], ["(not said)", "4", "4", "0", "0", "0"]], table.Rows.Select(row => row.ToArray()));
    }

    [Fact]
    public void Of_EverythingTaken_SaysNothingOfIt() =>
        Assert.DoesNotContain(RowSection.Of(ReferenceStudy.Results with { Taken = [new TakenClass("wheel", 10, 0, 0, 0, 10)] }), block => block is Heading { Text: "Rows taken" });
}
