using System.Globalization;
using System.Text;
using ProbePipeline.Costs;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Costs;

/// <summary>
/// The figures in docs/cost.md and docs/cluster.md are what the cost model gives. After a deliberate change run this once with PROBE_WRITE_GENERATED=1 and read the diff.
/// </summary>
public sealed class CostDocumentTests
{
    private const string Begin = "<!-- figures: made by CostDocumentTests -->\n";
    private const string End = "<!-- end of figures -->\n";

    private const int Pictures = 100_000;
    private const int Prefix = 581;
    private const int Length = 640;
    private const double PeakOperations = 989e12;
    private const double Share = 0.4;

    // The two by two of vision and decoder, cut in every layer; all sites that "resid_post" and the embeddings of both towers are.
    private const int VisionSites = 25;
    private const int LanguageSites = 33;

    [Theory]
    [InlineData("cost.md")]
    [InlineData("cluster.md")]
    public void Figures_CommittedPage_AreTheModels(string name)
    {
        var file = Path.Combine(Repository.Root, "docs", name);
        var page = File.ReadAllText(file);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= Begin.Length && end >= begin, $"{file}: expected the marks of the figures");
        var figures = name == "cost.md" ? Figures() : ClusterFigures();
        if (Environment.GetEnvironmentVariable("PROBE_WRITE_GENERATED") == "1")
        {
            File.WriteAllText(file, page[..begin] + figures + page[end..]);
            return;
        }

        Assert.Equal(figures, page[begin..end]);
    }

    [Fact]
    public void Conditions_TwoByTwo_CostTwoTowersAndFourDecoders()
    {
        // 2 x 24 layers of the tower, embeddings and the projector; 4 x 32 layers over 581 and then 59 tokens: 3.5e18 operations.
        var (shared, _) = Cost(questions: 1);
        var expected = (2 * 24 * 15_884_357_632.0) + (2.0 * 576 * 588 * 1024) + (2 * 2.0 * 576 * 20_971_520)
            + (4 * 32 * ((2.0 * 640 * 202_375_168) + (4.0 * 4096 * ((581.0 * 581) + (59 * 640))))) + (4 * 2.0 * 4096 * 32064);
        Assert.Equal(Pictures * expected, shared.Operations, 1e-9 * shared.Operations);
        Assert.Equal((2.0 * Pictures, 4.0 * Pictures, 4.0 * Pictures), (shared.Tiles, shared.Prefixes, shared.Suffixes));
    }

    private static (ForwardCost Shared, ForwardCost Unshared) Cost(int questions)
    {
        ConditionMarks[] conditions = [Marks("", ""), Marks("cut", ""), Marks("", "cut"), Marks("cut", "cut")];
        var batch = ForwardBatch.OfTiles(Pictures, questions, Llava7B.TileTokens, Llava7B.ImageTokens, Prefix, Length);
        var shared = ForwardCost.Of(Llava7B.Shape, SharedWays.Of(conditions), batch, batch.Rows * conditions.Length);
        var unshared = conditions.Select(condition => ForwardCost.Of(Llava7B.Shape, SharedWays.Of([condition with { VisionByRow = true }]), batch, batch.Rows))
            .Aggregate((sum, one) => sum + one);
        return (shared, unshared);
    }

    private static ConditionMarks Marks(string vision, string decoder) => new()
    {
        Vision = [.. Enumerable.Repeat(vision, 24)],
        Prefix = [.. Enumerable.Repeat(decoder, 32)],
        Suffix = [.. Enumerable.Repeat("", 32)],
    };

    // A million pictures on so many GPUs. What each task does for all pictures is no shorter on many.
    private static string ClusterFigures()
    {
        const double Million = 1e6 / Pictures;
        var hours = Million * Cost(questions: 1).Shared.Operations / (PeakOperations * Share) / 3600;
        var reading = 1e6 * 0.010 / 8 / 3600;
        var text = new StringBuilder("| tasks | forwards of each | reading before it | together | GPU hours in all |\n|---|---|---|---|---|\n");
        foreach (var tasks in new[] { 1, 8, 32, 128 })
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tasks} | {hours / tasks:0.0} h | {reading:0.0} h | {(hours / tasks) + reading:0.0} h | {hours + (tasks * reading):0} |\n");
        }

        var (vision, language) = (Llava7B.Shape.Vision!.Width, Llava7B.Shape.Language!.Width);
        text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Features at three sites, one of the vision tower and two of the decoder: {4.0 * (vision + (2 * language)) / 1e3:0.0} KB a row and condition, {1e6 * 4 * 4.0 * (vision + (2 * language)) / 1e9:0} GB in all. ");
        text.Append(CultureInfo.InvariantCulture, $"At all {VisionSites + LanguageSites} sites: {1e6 * 4 * 4.0 * ((VisionSites * vision) + (LanguageSites * language)) / 1e12:0.0} TB.\n");
        text.Append(CultureInfo.InvariantCulture, $"The vectors of one site under one condition: {1e6 * 4 * language / 1e9:0.0} GB at a width of {language}.\n");
        return text.ToString();
    }

    private static string Figures()
    {
        var text = new StringBuilder("| questions a picture | operations | without sharing | one H100 | features |\n|---|---|---|---|---|\n");
        var rowBytes = 4.0 * ((VisionSites * Llava7B.Shape.Vision!.Width) + (LanguageSites * Llava7B.Shape.Language!.Width));
        foreach (var questions in new[] { 1, 6 })
        {
            var (shared, unshared) = Cost(questions);
            var hours = shared.Operations / (PeakOperations * Share) / 3600;
            text.Append(CultureInfo.InvariantCulture, $"| {questions} | {shared.Operations / 1e18:0.00} EFLOP | {unshared.Operations / 1e18:0.00} EFLOP | {hours:0.0} hours | {Pictures * questions * 4 * rowBytes / 1e9:#,0} GB |\n");
        }

        var (one, _) = Cost(questions: 1);
        var ways = SharedWays.Of([Marks("", ""), Marks("cut", ""), Marks("", "cut"), Marks("cut", "cut")]);
        var memory = MemoryCost.Of(
            Llava7B.Shape, Llava7B.Shape.Weights, 2, ForwardBatch.OfTiles(32, 1, Llava7B.TileTokens, Llava7B.ImageTokens, Prefix, Length), ways, 4, rowBytes, 32);
        text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"One picture with one question under the four conditions: {one.Operations / Pictures / 1e12:0.0} TFLOP, ");
        text.Append(CultureInfo.InvariantCulture, $"of them {100 * one.VisionOperations / one.Operations:0.0} % in the vision tower, {100 * one.PrefixOperations / one.Operations:0.0} % in the decoder up to the picture's last token, ");
        text.Append(CultureInfo.InvariantCulture, $"{100 * one.SuffixOperations / one.Operations:0.0} % behind it.\n");
        text.Append(CultureInfo.InvariantCulture, $"A row's features under one condition: {rowBytes / 1e6:0.00} MB in float32.\n");
        text.Append(CultureInfo.InvariantCulture, $"Weights: {Llava7B.Shape.Weights / 1e9:0.00} thousand million, {memory.Weights / 1e9:0.0} GB in bfloat16.\n");
        text.Append(CultureInfo.InvariantCulture, $"Memory of the device with batches of 32 rows: about {(memory.Weights + memory.Batch) / 1e9:0.0} GB; of the host beside it: about {(memory.Chunk + MemoryCost.Runtime) / 1e9:0.0} GB.\n");
        return text.ToString();
    }
}
