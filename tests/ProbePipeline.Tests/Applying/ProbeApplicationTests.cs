using System.Collections.Immutable;
using ProbePipeline.Applying;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.Tests.Applying;

/// <summary>Probes of the sample study on pictures of its own, where it is known what they say.</summary>
[Collection<SampleStudyCollection>]
public sealed class ProbeApplicationTests(SampleStudy study) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ProbeFile Saved => ProbeFile.Load(Path.Combine(study.Output, "probes", "probes.safetensors"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SampleStudy_SavesEveryProbeOnceAndSaysSo()
    {
        var (saved, summary) = (Saved, study.Results.SavedProbes!);
        Assert.Equal(
            study.Results.Conditions.SelectMany(condition => condition.Value.Probes.Select(probe => (condition.Key, probe.Site, probe.L2, probe.TestAccuracy))),
            saved.Probes.Select(probe => (probe.Card.Condition, probe.Card.Site, probe.Probe.L2, probe.Card.TestAccuracy)));
        // The vision tower has two conditions: 6 sites and the projector each; the decoder has four at 6 sites, since region-only cuts at the question alone beside both-cut.
        Assert.Equal(((2 * 7) + (4 * 6), 65), (saved.Distinct, saved.Probes.Length));
        Assert.Equal(("probes/probes.safetensors", 65, saved.Distinct, new FileInfo(Path.Combine(study.Output, "probes", "probes.safetensors")).Length), (summary.File, summary.Probes, summary.Distinct, summary.Bytes));
        Assert.Equal("[{ tower: vision, from: all, to: all, layers: all, heads: all, keepSelf: true, replace: nothing }]", saved.Find("vision-cut", "projector").Card.Blocks);
        Assert.Equal(study.Results.Provenance.ModelHash, saved.Source!.ModelHash);
        Assert.Contains("probe apply", File.ReadAllText(study.Outcome.ReportPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SampleStudy_SavedProbesAgreeWithItsStoredFeatures()
    {
        var store = FeatureStore.Open(Path.Combine(study.Output, "features"));
        foreach (var (condition, results) in study.Results.Conditions)
        {
            foreach (var result in results.Probes)
            {
                var labels = study.Results.Classes;
                var test = Enumerable.Range(store.Rows.Length - study.Results.Split.Test.Rows, study.Results.Split.Test.Rows).ToImmutableArray();
                var features = new FeatureMatrix(store.Read<float>(condition, result.Site), store.Manifest.Column(result.Site).Width);
                var right = Saved.Find(condition, result.Site).Probe.Predict(features, test).Zip(test).Count(pair => labels[pair.First] == store.Rows[pair.Second].Attributes[0]);
                Assert.Equal(result.TestAccuracy, (double)right / test.Length, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("intact", "vision.resid_post.4")]
    [InlineData("vision-cut", "language.resid_post.4")]
    [InlineData("region-only", "projector")]
    [InlineData("both-cut", "language.resid_post.2")]
    public void Run_PictureOfTheStudyWithItsMask_GivesTheStoredFeaturesProbabilities(string condition, string site)
    {
        var store = FeatureStore.Open(Path.Combine(study.Output, "features"));
        var features = new FeatureMatrix(store.Read<float>(condition, site), store.Manifest.Column(site).Width);
        var probe = Saved.Find(condition, site).Probe;
        foreach (var picture in Pictures.Take(2))
        {
            foreach (var part in picture.Parts)
            {
                var row = store.Rows.Select(stored => stored.Id).ToImmutableArray().IndexOf(part.Id);
                var reading = Apply(Options(picture, part) with { Condition = condition, Site = site, Question = $"What is the {part.Attributes["color"]} part?" }).Readings.Single();
                var expected = probe.Probabilities(features, [row])[0];
                Assert.Equal(probe.Classes[probe.Predict(features, [row])[0]], reading.Predicted);
                // One row at a time adds up in another order than 32 do.
                Assert.All(expected.Zip(reading.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            }
        }
    }

    [Fact]
    public void Run_Maps_AreTheProbeOnTheStatesOfEveryToken()
    {
        var picture = Pictures.First();
        var (condition, site) = ("decoder-cut", "language.resid_post.3");
        var outcome = Apply(Options(picture, picture.Parts[0]) with { Condition = condition, Site = site, Question = "What is the red part?", Maps = true, Output = _folder["out"] });

        var probe = Saved.Find(condition, site).Probe;
        var capture = new SiteCapture(SiteText.Parse(site), Pooling.RegionTokens);
        using var model = SampleModel.Load();
        var pixels = picture.Load();
        // Every token is in a region of the whole picture.
        var row = model.Read(pixels, RegionMask.Create(pixels.Size, (_, _) => true), "USER: <image>\nWhat is the red part? ASSISTANT:");
        using var result = model.Network.Forward(new Batch([row]), new ForwardRequest { Blocks = [new AttentionBlock(Tower.Language, TokenSet.Image, TokenSet.Image)], Captures = [capture] });
        var states = new FeatureMatrix(result[capture].Values.data<float>().ToArray(), 128);
        var expected = probe.Probabilities(states, [.. Enumerable.Range(0, 64)]);

        var lines = File.ReadAllLines(outcome.Files.Single(file => file.EndsWith(".patches.csv", StringComparison.Ordinal)));
        Assert.Equal(65, lines.Length);
        Assert.Equal($"tile,row,column,top,left,bottom,right,class,probability,{string.Join(',', probe.Classes.Select(name => $"p({name})"))}", lines[0]);
        for (var patch = 0; patch < 64; patch++)
        {
            var cells = lines[1 + patch].Split(',');
            Assert.Equal([.. new[] { 0, patch / 8, patch % 8, 14 * (patch / 8), 14 * (patch % 8), 14 * ((patch / 8) + 1), 14 * ((patch % 8) + 1) }.Select(number => $"{number}")], cells[..7]);
            Assert.Equal(probe.Classes[Array.IndexOf(expected[patch], expected[patch].Max())], cells[7]);
            Assert.Equal(expected[patch].Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)), cells[9..]);
        }
    }

    [Fact]
    public void Plan_SampleStudy_SaysWhatProbesAndMapsCost()
    {
        var lines = study.Experiment.Plan(TestContext.Current.CancellationToken).Lines.ToLookup(line => line.What, line => line.Value);
        // 65 probes of 15 classes and width 128: 4 x 15 x 129 + 16 x 128 bytes each.
        Assert.StartsWith("at most 0.64 MB in ", Assert.Single(lines["saved probes"]), StringComparison.Ordinal);
        Assert.Equal("a forward under intact for every sample picture of the report", Assert.Single(lines["maps"]));
    }

    [Fact]
    public void Run_MapsOfTheReport_AreThoseOfTheCommand()
    {
        var (maps, samples) = (study.Results.SampleMaps!, study.Results.Samples);
        Assert.Equal(("intact", study.Results.Conditions["intact"].BestProbe!.Site, samples.Length), (maps.Condition, maps.Site, maps.Rows.Length));
        foreach (var (sample, patches) in samples.Zip(maps.Rows).Take(2))
        {
            var picture = Pictures.Single(picture => picture.Parts.Any(part => part.Id == sample.Id));
            var outcome = Apply(Options(picture, null) with { Site = maps.Site, Maps = true, Output = _folder["out"] });
            var lines = File.ReadAllLines(outcome.Files.Single(file => file.EndsWith(".patches.csv", StringComparison.Ordinal)))[1..];
            Assert.Equal(lines.Select(line => line.Split(',')[7]), patches.Select(patch => study.Results.Classes[patch.Class]));
            Assert.All(lines.Zip(patches), pair => Assert.Equal(double.Parse(pair.First.Split(',')[8], System.Globalization.CultureInfo.InvariantCulture), pair.Second.Probability, 2e-4));
        }
    }

    [Fact]
    public void Run_WithoutSaving_TakesAnEarlierFileAway()
    {
        var output = _folder["unsaved"];
        Directory.CreateDirectory(Path.Combine(output, "probes"));
        File.WriteAllText(Path.Combine(output, "probes", "probes.safetensors"), "of an earlier run");
        var options = study.Experiment.Options with
        {
            Output = output,
            Conditions = study.Experiment.Options.Conditions[..1],
            Dataset = study.Experiment.Options.Dataset with { Images = 20 },
            Capture = study.Experiment.Options.Capture with { Sites = [new(SiteKind.Projector, Tower.Language, Layer: null)] },
            Probe = study.Experiment.Options.Probe! with { Save = false, Control = null, L2 = [1e-2] },
        };
        var results = new Experiment(options).Run(cancellation: TestContext.Current.CancellationToken).Results;

        Assert.Null(results.SavedProbes);
        Assert.Empty(Directory.GetFiles(Path.Combine(output, "probes")));
        Assert.Contains("run the experiment with probe.save: true", Assert.Throws<ApplyException>(() => Apply(Options(Pictures.First(), null) with { Probes = output })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WholePicture_IsReadLikeARegionOfAllOfIt()
    {
        var picture = Pictures.First();
        var whole = Apply(Options(picture, null)).Readings.Single();
        var size = picture.Load().Size;
        var all = Apply(Options(picture, null) with { Region = RegionChoice.Rectangle($"0,0,{size.Width},{size.Height}") }).Readings.Single();

        Assert.Equal(("whole picture", $"0,0,{size.Width},{size.Height}"), (whole.Region, all.Region));
        Assert.Equal(whole.Probabilities, all.Probabilities);
    }

    [Fact]
    public void Run_NoSiteAndNoCondition_TakesTheBestOnThePathOfTheFirst()
    {
        var card = Apply(Options(Pictures.First(), null)).Card;
        Assert.Equal(("intact", study.Results.Conditions["intact"].BestProbe!.Site), (card.Condition, card.Site));
    }

    [Fact]
    public void Run_OptionsThatDoNotFitTheProbe_AreRefusedBeforeTheModelIsRead()
    {
        // No model lies there.
        var options = Options(Pictures.First(), null) with { Model = _folder.Path };
        Assert.Equal("maps are files: say where to write them (--out)", Assert.Throws<ApplyException>(() => Apply(options with { Maps = true })).Message);
        Assert.StartsWith("expected classes of the probe, which are ", Assert.Throws<ApplyException>(() => Apply(options with { MapClasses = ["nothing"] })).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<PartPicture> Pictures => new PartScenes(seed: 11, pictureCount: 60).Pictures;

    private static ApplyOutcome Apply(ApplyOptions options) => new ProbeApplication(options).Run(cancellation: TestContext.Current.CancellationToken);

    private ApplyOptions Options(PartPicture picture, PicturePart? part)
    {
        var file = _folder[$"{picture.Index}.png"];
        File.WriteAllBytes(file, PictureEncoder.EncodePng(picture.Load()));
        if (part is null)
        {
            return new ApplyOptions { Probes = study.Output, Pictures = [file] };
        }

        var size = part.Mask.Size;
        File.WriteAllBytes(_folder["mask.png"], PictureEncoder.EncodePng(
            size, [.. Enumerable.Range(0, size.Height * size.Width).Select(pixel => part.Mask[pixel / size.Width, pixel % size.Width] ? byte.MaxValue : (byte)0)]));
        return new ApplyOptions { Probes = study.Output, Pictures = [file], Region = RegionChoice.Mask(_folder["mask.png"]) };
    }
}
