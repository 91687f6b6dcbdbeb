using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class GeometrySectionTests
{
    [Fact]
    public void Of_Transfers_TellsThatTheTwoProbesAnswerTwoQuestions()
    {
        Block[] blocks = [.. TransferSection.Of(ReferenceStudy.Results)];

        var text = Assert.Single(blocks.OfType<Paragraph>()).Text;
        Assert.Contains("whether the target can be read there at all", text, StringComparison.Ordinal);
        Assert.Contains("trained under intact", text, StringComparison.Ordinal);
        Assert.Contains("in the same code", text, StringComparison.Ordinal);
        Assert.Equal(["transfer", "transfer-matrix"], blocks.OfType<ChartBlock>().Select(chart => chart.Chart.Name));
        Assert.Contains("biased form", blocks.OfType<ChartBlock>().First().Caption, StringComparison.Ordinal);
        var tables = blocks.OfType<Folded>().Select(folded => folded.Table).ToArray();
        Assert.Equal([94, 52], tables.Select(table => table.Rows.Length));
        Assert.Equal(["intact", "vision-cut", "vision.resid_post.0"], tables[0].Rows[0].Take(3));
        Assert.Equal(["−0.040", "−0.060 to −0.020"], tables[0].Rows[0].Skip(5));
        Assert.Equal(["both-cut", "intact", "vision.resid_post.0", "0.850", "–"], tables[1].Rows[2]);
    }

    [Fact]
    public void Of_TransfersWithoutSimilarities_SaysNothingOfCka()
    {
        var results = ReferenceStudy.Results with { CrossCondition = ReferenceStudy.Results.CrossCondition! with { Similarities = [] } };
        Block[] blocks = [.. TransferSection.Of(results)];

        Assert.DoesNotContain("CKA", blocks.OfType<ChartBlock>().First().Caption, StringComparison.Ordinal);
        Assert.Single(blocks.OfType<Folded>());
    }

    [Fact]
    public void Of_Erasures_ShowsTheBestSitesAndFoldsTheOthers()
    {
        Block[] blocks = [.. ErasureSection.Of(ReferenceStudy.Results)];

        Assert.Contains("must then be no better than chance", Assert.Single(blocks.OfType<Paragraph>()).Text, StringComparison.Ordinal);
        var best = Assert.Single(blocks.OfType<TableBlock>());
        Assert.Equal(ReferenceStudy.Results.Conditions.Select(pair => (pair.Key, pair.Value.BestProbe!.Site)), best.Rows.Select(row => (row[0], row[1])));
        Assert.Equal(
            ["14", "0.968", "0.063", "0.075", "0.050 to 0.100", "0.079", "0.986", "0.972", "−0.042 to +0.014", "0.153"], best.Rows[0].Skip(2).Select(cell => cell));
        Assert.Equal(65, Assert.Single(blocks.OfType<Folded>()).Table.Rows.Length);
    }

    [Fact]
    public void Of_ErasuresWithoutAnotherField_HasNoColumnsForIt()
    {
        var results = ReferenceStudy.Results with { Erasures = [.. ReferenceStudy.Results.Erasures.Select(erasure => erasure with { Other = null })] };
        var table = ErasureSection.Of(results).OfType<TableBlock>().Single();

        Assert.Equal(8, table.Columns.Length);
        Assert.All(table.Rows, row => Assert.Equal(8, row.Length));
    }

    [Fact]
    public void Of_Directions_TellsHowFarTheTargetIsSpread()
    {
        Block[] blocks = [.. DirectionSection.Of(ReferenceStudy.Results)];

        var table = Assert.Single(blocks.OfType<TableBlock>());
        Assert.Equal(
            ["intact", "vision.resid_post.4", "0.930", "0.460", "28", "0.080", "0.050 to 0.110", "directions/intact.vision.resid_post.4.safetensors"], table.Rows[0].Select(cell => cell));
        Assert.Equal(["0.070", "–", "0", "0.070"], table.Rows[1].Skip(2).Take(4));
        Assert.Equal(4, Assert.Single(blocks.OfType<Folded>()).Table.Rows.Length);
    }

    [Fact]
    public void Of_StudyWithoutAny_SaysNothing()
    {
        var results = ReferenceStudy.Results with { CrossCondition = null, Erasures = [], Directions = [] };

        Assert.Empty(TransferSection.Of(results).Concat(ErasureSection.Of(results)).Concat(DirectionSection.Of(results)));
    }
}
