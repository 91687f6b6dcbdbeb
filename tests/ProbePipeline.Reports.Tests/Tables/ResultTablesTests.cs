using System.Text;
using System.Text.Json;
using Parquet;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports.Tests.Tables;

public sealed class ResultTablesTests
{
    [Fact]
    public void Of_TheStudy_HasEveryNumber() => Assert.Equal(
        [
            ("answers", 6), ("answer-scores", 0), ("answer-questions", 0), ("probes", (5 * 13) + 1), ("sweep", 5 * 13 * 4), ("lens", 5 * 6), ("comparisons", 4 * 14), ("additions", 0), ("steps", 0), ("readable-versus-used", 0), ("readable-versus-used-changes", 0), ("confusions", 5 * 15 * 15), ("paths", 15), ("windows", 5),
            ("samples", 20), ("baselines", 1), ("zero-shot", 0), ("folds", 0), ("repeats", 0), ("learning-curve", 0), ("information", 0), ("code-length", 0), ("remarks", 0), ("numeric-targets", 0), ("label-sets", 0), ("labels", 0), ("sample-maps", 0), ("taken", 0), ("dropped", 1),
            ("transfers", (11 * 4) + (2 * 25)), ("similarities", 13 * 4), ("erasures", 5 * 13), ("nullspace", 4),
        ],
        ResultTables.Of(ReferenceStudy.Results).Select(table => (table.Name, table.Rows)));

    [Fact]
    public void Write_CsvOfAnswers_HasNamesAndNumbersThatReadBack()
    {
        var lines = Csv(ReferenceStudy.Results, "answers").Split('\n');

        Assert.Equal("condition,accuracy,testAccuracy,rows,low,high,wilsonLow,wilsonHigh", lines[0]);
        Assert.Matches("^intact,0.975,0.9819444444444444,3600,0.972218,0.991671,0.9693\\d*,0.9894\\d*$", lines[1]);
        Assert.Equal("without the picture,0.081,0.0875,3600,0.07,0.105,,", lines[6]);
        Assert.Equal(8, lines.Length);
        Assert.Empty(lines[^1]);
    }

    [Fact]
    public void Write_CsvOfWindows_HasAnswersProbesAndDifferences()
    {
        var lines = Csv(ReferenceStudy.Results, "windows").Split('\n');

        Assert.StartsWith("vision-window,vision,vision: all to all,0,1,intact,0.5,0.45,0.55,-0.4,-0.45,-0.1,0.001,0.005,language.resid_post.4,0.6,", lines[1], StringComparison.Ordinal);
        // No difference of probes was given.
        Assert.EndsWith(",,,,,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_CsvOfProbes_MarksTheSiteOffThePathAndLeavesWhatIsMissingEmpty()
    {
        var lines = Csv(ReferenceStudy.Results, "probes").Split('\n');

        Assert.StartsWith("intact,vision.resid_post.5,vision,5,false,0.01,0.9527778,0.9708333,", lines[6], StringComparison.Ordinal);
        Assert.StartsWith(",pixels,,-1,true,0.01,0.2069444,", lines[66], StringComparison.Ordinal);
        Assert.Contains(",,,", lines[66], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Probes_HaveAColumnForEveryNumberOfAProbe() => Assert.Empty(
        typeof(ProbeResult).GetProperties().Where(property => property.PropertyType.IsPrimitive || Nullable.GetUnderlyingType(property.PropertyType) is not null)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .Except(Table(ReferenceStudy.Results, "probes").Columns.Select(column => column.Name)));

    [Fact]
    public void Write_CsvOfHostileText_IsQuoted()
    {
        var results = ReferenceStudy.Results with { Dropped = [new DroppedRow("a,b", "said \"no\"\nand left")] };

        Assert.Equal("id,reason\n\"a,b\",\"said \"\"no\"\"\nand left\"\n", Csv(results, "dropped"));
    }

    [Fact]
    public async Task Write_ParquetOfProbes_ReadsBackWithTypes()
    {
        using var stream = new MemoryStream(ParquetTable.Write(Table(ReferenceStudy.Results, "probes")));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        var sites = new string?[66];
        var accuracies = new double[66];
        var controls = new double?[66];
        var onPath = new bool[66];
        await group.ReadAsync(reader.Schema.FindDataField("site"), sites.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        await group.ReadAsync<double>(reader.Schema.FindDataField("testAccuracy"), accuracies.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        await group.ReadAsync<double>(reader.Schema.FindDataField("controlAccuracy"), controls.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        await group.ReadAsync<bool>(reader.Schema.FindDataField("onPath"), onPath.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(66, group.RowCount);
        Assert.Equal("vision.resid_post.5", sites[5]);
        Assert.Equal(0.9708333, accuracies[5]);
        Assert.Equal(ReferenceStudy.Results.Conditions["intact"].Probes[5].ControlAccuracy, controls[5]);
        Assert.Null(controls[65]);
        Assert.Equal([false, true], [onPath[5], onPath[6]]);
    }

    [Fact]
    public async Task Write_ParquetWithoutRows_CanBeRead()
    {
        using var stream = new MemoryStream(ParquetTable.Write(Table(ReferenceStudy.Results with { Dropped = [] }, "dropped")));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["id", "reason"], reader.Schema.DataFields.Select(field => field.Name));
    }

    private static string Csv(ExperimentResults results, string name) => Encoding.UTF8.GetString(CsvTable.Write(Table(results, name)));

    private static ResultTable Table(ExperimentResults results, string name) => ResultTables.Of(results).Single(table => table.Name == name);
}
