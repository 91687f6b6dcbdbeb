using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class BaselineSectionTests
{
    private static readonly ImmutableArray<Block> Blocks = [.. BaselineSection.Of(BaselineStudy.Results)];

    [Fact]
    public void Of_AllBaselines_HasARowEachWithItsInterval()
    {
        var rows = Blocks.OfType<TableBlock>().First().Rows;

        Assert.Equal(["a probe on other labels of the row (color, shape)", "0.188", "0.170 to 0.210"], rows[3]);
        Assert.Equal(["a probe on 128 random numbers a row", "0.063", "0.050 to 0.080"], rows[4]);
        Assert.Equal(5, rows.Length);
    }

    [Fact]
    public void Of_AllBaselines_SaysHowToReadThem()
    {
        var text = string.Join('\n', Blocks.OfType<Paragraph>().Select(paragraph => paragraph.Text));

        Assert.Contains("what it reaches, the labels of a row give away about each other", text, StringComparison.Ordinal);
        Assert.Contains("An accuracy that is no higher is no finding.", text, StringComparison.Ordinal);
        Assert.Contains("drawn at random (seed 7;", text, StringComparison.Ordinal);
        Assert.Contains("Where the interval of the difference includes 0, training added nothing", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnUntrainedNetwork_SetsEverySiteBesideTheModels()
    {
        var trained = ReferenceStudy.Results.Conditions["intact"].Probes;
        var rows = Blocks.OfType<TableBlock>().Last().Rows;

        Assert.Equal(trained.Select(probe => probe.Site), rows.Select(row => row[0]));
        Assert.Equal([Shown.Share(trained[0].TestAccuracy), Shown.Interval(trained[0].Low, trained[0].High), "0.125", "0.100 to 0.150", "+0.250", "+0.125 to +0.375", "0.031"], rows[0].Skip(1));
    }

    [Theory]
    [InlineData(-0.01, true)]
    [InlineData(0.0, false)]
    public void Of_NegativeSelectivity_IsExplained(double selectivity, bool isExplained)
    {
        var intact = ReferenceStudy.Results.Conditions["intact"];
        var results = ReferenceStudy.With(("intact", intact with { Probes = [.. intact.Probes.Select(probe => probe with { ControlAccuracy = probe.TestAccuracy - selectivity, Selectivity = selectivity })] }));

        Assert.Equal(isExplained, BaselineSection.Of(results).OfType<Paragraph>().Any(paragraph => paragraph.Text.Contains("Where selectivity is negative", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_ResultsOfAnEarlierVersion_HasDashesForDifferences()
    {
        var baselines = BaselineStudy.Results.Baselines;
        var earlier = BaselineStudy.Results with { Baselines = baselines with { RandomModel = baselines.RandomModel! with { Differences = [] } } };

        Assert.All(BaselineSection.Of(earlier).OfType<TableBlock>().Last().Rows, row => Assert.Equal(["–", "–", "–"], row.Skip(5)));
    }

    [Fact]
    public void Of_NoneAskedFor_IsChanceMajorityAndPixels()
    {
        var table = Assert.Single(BaselineSection.Of(ReferenceStudy.Results).OfType<TableBlock>());

        Assert.Equal(3, table.Rows.Length);
    }

    [Fact]
    public void Remarks_OfAnUntrainedNetwork_AreSaidWithTheOthers()
    {
        var rows = RemarkSection.Of(BaselineStudy.Results).OfType<TableBlock>().Single().Rows;

        Assert.Contains(rows, row => row.SequenceEqual([RandomModelResult.Untrained, ReferenceStudy.Results.Conditions["intact"].Probes[^1].Site, "Nothing varies here."]));
    }

    [Fact]
    public void Method_AllBaselines_NamesThemAndTheSource()
    {
        var method = new Method(BaselineStudy.Results);
        var text = string.Join(' ', method.Sentences());

        Assert.Contains("trained on other labels of the rows in place of states (color, shape, a column a value).", text, StringComparison.Ordinal);
        Assert.Contains("trained on independent standard normal numbers", text, StringComparison.Ordinal);
        Assert.Contains("an untrained network of the same architecture under intact", text, StringComparison.Ordinal);
        Assert.Contains(method.References(), reference => reference.For == "untrained network" && reference.Source.EndsWith("arXiv 1809.10040", StringComparison.Ordinal));
    }
}
