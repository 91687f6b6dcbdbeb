using System.Text.Json;
using ProbePipeline.Options;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Analysis;

/// <summary>Transfer, erasure and directions of the sample experiment.</summary>
[Collection<SampleStudyCollection>]
public sealed class GeometryAnalysisTests(SampleStudy study)
{
    private CrossCondition Cross => study.Results.CrossCondition!;

    [Fact]
    public void Run_SampleStudy_TriesEveryPairAtTheChosenSitesAndTheFirstConditionEverywhere()
    {
        var best = study.Results.Conditions["intact"].BestProbe!.Site;

        Assert.Equal(new[] { "vision.resid_post.4", "language.resid_post.4", best }.Distinct().Order(StringComparer.Ordinal), Cross.MatrixSites.Order(StringComparer.Ordinal));
        Assert.Equal((25 * Cross.MatrixSites.Length) + (4 * (13 - Cross.MatrixSites.Length)), Cross.Transfers.Length);
        Assert.All(Cross.Transfers.Where(transfer => !Cross.MatrixSites.Contains(transfer.Site)), transfer => Assert.Equal("intact", transfer.Trained));
        Assert.Equal(13 * 4, Cross.Similarities.Length);
    }

    [Fact]
    public void Run_SampleStudy_ToTheSameConditionIsTheOwnAccuracy()
    {
        Transfer[] same = [.. Cross.Transfers.Where(transfer => transfer.Trained == transfer.Tested)];

        Assert.Equal(5 * Cross.MatrixSites.Length, same.Length);
        foreach (var transfer in same)
        {
            var own = Probe(transfer.Tested, transfer.Site);
            Assert.Equal((own.TestAccuracy, own.Low, own.High), (transfer.Accuracy, transfer.Low, transfer.High));
            Assert.Equal((0.0, 0.0, 0.0), (transfer.Difference, transfer.DifferenceLow, transfer.DifferenceHigh));
        }
    }

    [Fact]
    public void Run_SampleStudy_ComparesEveryTransferWithTheOwnProbe()
    {
        Assert.All(Cross.Transfers, transfer => Assert.Equal(transfer.Accuracy - Probe(transfer.Tested, transfer.Site).TestAccuracy, transfer.Difference, 1e-12));
        Assert.All(Cross.Transfers, transfer => Assert.InRange(transfer.Difference, transfer.DifferenceLow, transfer.DifferenceHigh));
        Assert.Contains(Cross.Transfers, transfer => transfer.Trained != transfer.Tested && transfer.DifferenceHigh < 0);
    }

    [Fact]
    public void Run_SampleStudy_FindsTheSameStatesBeforeACutAndOthersBehindIt()
    {
        foreach (var one in Cross.Similarities.Where(one => one.Condition == "decoder-cut" && one.Site.StartsWith("vision", StringComparison.Ordinal)))
        {
            Assert.Equal((1, 1), (Math.Round(one.Cosine!.Value, 9), Math.Round(one.Cka!.Value, 9)));
        }

        Assert.All(Cross.Similarities.Where(one => one.Condition == "both-cut" && one.Site.StartsWith("language", StringComparison.Ordinal)), one =>
        {
            Assert.InRange(one.Cosine!.Value, 0.2, 0.9);
            Assert.InRange(one.Cka!.Value, 0.2, 0.9);
        });
    }

    [Fact]
    public void Run_ErasureAndDirections_LeavesChanceAndWritesFilesOthersRead()
    {
        using var folder = new TemporaryFolder();
        var experiment = OnStoredFeatures(folder, probe => probe with
        {
            L2 = [1e-2],
            Erasure = new ErasureOptions { Other = "color" },
            Directions = new DirectionOptions { Sites = [SitePattern.Parse("language.resid_post.4")], Iterations = 2 },
        });

        var results = experiment.Run(cancellation: TestContext.Current.CancellationToken).Results;

        Assert.Equal(5 * 13, results.Erasures.Length);
        Assert.Equal(results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (pair.Key, probe.Site))), results.Erasures.Select(erasure => (erasure.Condition, erasure.Site)));
        Assert.All(results.Erasures, erasure => Assert.Equal(results.Baselines.Majority, erasure.After));
        // One in fifteen is right by chance; of so few rows hardly ever more than a fifth.
        Assert.All(results.Erasures, erasure => Assert.InRange(erasure.SameProbe, 0, 0.2));
        Assert.All(results.Erasures, erasure => Assert.Equal(14, erasure.Rank));
        Assert.All(results.Erasures, erasure => Assert.InRange(erasure.Other!.After, 0.85, 1));
        Assert.Equal(Probe(results, "intact", "language.resid_post.4").TestAccuracy, results.Erasures.Single(erasure => erasure is { Condition: "intact", Site: "language.resid_post.4" }).Before);

        Assert.Equal(5, results.Directions.Length);
        var found = results.Directions[0];
        Assert.Equal(("intact", "language.resid_post.4", "directions/intact.language.resid_post.4.safetensors"), (found.Condition, found.Site, found.File));
        Assert.Equal([0, 14, 28], found.Nullspace.Select(step => step.Removed));
        Assert.True(found.Nullspace[2].TestAccuracy < found.Nullspace[0].TestAccuracy - 0.2);
        var file = Path.Combine(folder.Path, "report", found.File);
        var arrays = SafetensorsArrays.Read(file);
        Assert.Equal([15, 128], arrays.Shape("mean_difference"));
        Assert.Equal([28, 128], arrays.Shape("nullspace"));
        Assert.Equal([14, 128], arrays.Shape("leace.right"));
        Assert.Equal([128, 14], arrays.Shape("leace.left"));
        Assert.Equal(14, arrays.Floats("nullspace.found_in").Count(probe => probe == 1));
        var bytes = File.ReadAllBytes(file);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, (int)BitConverter.ToInt64(bytes)));
        var metadata = header.RootElement.GetProperty("__metadata__");
        Assert.Equal(("intact", "language.resid_post.4", "part"), (Text("condition"), Text("site"), Text("target")));
        Assert.Equal(results.Classes, JsonSerializer.Deserialize<string[]>(Text("classes")));
        Assert.Contains("What LEACE erases", File.ReadAllText(Path.Combine(folder.Path, "report", "report.md")), StringComparison.OrdinalIgnoreCase);

        string Text(string name) => metadata.GetProperty(name).GetString()!;
    }

    [Fact]
    public void Run_NoSimilarity_ComparesNone()
    {
        using var folder = new TemporaryFolder();
        var experiment = OnStoredFeatures(folder, probe => probe with
        {
            L2 = [1e-1],
            Control = null,
            CrossCondition = new CrossConditionOptions { Similarity = false, MatrixSites = [SitePattern.Parse("projector")] },
        });

        var cross = experiment.Run(cancellation: TestContext.Current.CancellationToken).Results.CrossCondition!;

        Assert.Empty(cross.Similarities);
        Assert.Equal(["projector"], cross.MatrixSites);
        Assert.Equal(25 + (4 * 12), cross.Transfers.Length);
    }

    [Theory]
    [InlineData("vision.resid_post.77")]
    [InlineData("language.mlp_out.1")]
    public void Plan_SiteThatIsNotCaptured_NamesItAndThoseThatAre(string site)
    {
        var options = study.Experiment.Options with { Probe = study.Experiment.Options.Probe! with { Directions = new DirectionOptions { Sites = [SitePattern.Parse(site)] } } };

        var error = Assert.Throws<ExperimentException>(() => new Experiment(options).Plan(TestContext.Current.CancellationToken));

        Assert.Contains($"probe.directions.sites: expected sites that capture.sites names; found {site}; captured are vision.resid_post.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ErasureAndDirections_TellsTheirCost()
    {
        var probe = study.Experiment.Options.Probe! with { Erasure = new ErasureOptions { Other = "color" }, Directions = new DirectionOptions { Iterations = 3 } };

        var lines = new Experiment(study.Experiment.Options with { Probe = probe }).Plan(TestContext.Current.CancellationToken).Lines;

        Assert.Contains(("erasure", "of part at 65 places, 3 more probes at each, 2 of them for color"), lines);
        Assert.Contains(lines, line => line.What == "directions" && line.Value.StartsWith("up to 4 probes a site and condition", StringComparison.Ordinal));
        Assert.DoesNotContain(study.Experiment.Plan(TestContext.Current.CancellationToken).Lines, line => line.What is "erasure" or "directions");
    }

    private ProbeResult Probe(string condition, string site) => Probe(study.Results, condition, site);

    private static ProbeResult Probe(ExperimentResults results, string condition, string site) => results.Conditions[condition].Probes.Single(probe => probe.Site == site);

    // The study's experiment with other probes, on a copy of its features.
    private Experiment OnStoredFeatures(TemporaryFolder folder, Func<ProbeOptions, ProbeOptions> change)
    {
        var output = Path.Combine(folder.Path, "report");
        var copy = Directory.CreateDirectory(Path.Combine(output, "features")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(study.Output, "features")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new Experiment(study.Experiment.Options with { Output = output, Probe = change(study.Experiment.Options.Probe!) });
    }
}
