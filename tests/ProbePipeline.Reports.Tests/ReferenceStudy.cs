using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Testing;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests;

/// <summary>
/// The sample model's study as transformers and scikit-learn did it (reference-figures.json: answers, lens, and each probe's sweep, the chosen
/// penalty last). What the reference does not hold (intervals, controls, confusions, pictures) is made up here from simple formulas.
/// </summary>
internal static class ReferenceStudy
{
    private const int TestRows = 720;

    private static readonly string[] Names =
        ["wheel", "eye", "window", "leaf", "sail", "door", "nose", "roof", "branch", "flag", "lamp", "mouth", "gate", "trunk", "cabin"];

    private static readonly JsonElement Figures = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "ProbePipeline.Reports.Tests", "reference-figures.json"))).RootElement;

    public static ExperimentResults Results { get; } = Create();

    public static ExperimentResults With(params (string Name, ConditionResults Results)[] conditions)
    {
        var kept = new OrderedDictionary<string, ConditionResults>();
        foreach (var (name, results) in conditions)
        {
            kept.Add(name, results);
        }

        return Results with { Conditions = kept, Comparisons = [], CrossCondition = null, Erasures = [], Directions = [], Confusions = [], Samples = [], Sweeps = [], BlindAnswer = null };
    }

    /// <summary>A condition with as many vision and decoder layers as are asked for.</summary>
    public static ConditionResults Deep(int vision, int language, double top) => new()
    {
        Probes =
        [
            .. Enumerable.Range(0, vision).Select(layer => Probe($"vision.resid_post.{layer}", 1e-3, top * (layer + 1) / vision, layer < vision - 1)),
            Probe("projector", 1e-3, top, true),
            .. Enumerable.Range(0, language).Select(layer => Probe($"language.resid_post.{layer}", 1e-3, top, true)),
        ],
    };

    private static ExperimentResults Create()
    {
        var conditions = new OrderedDictionary<string, ConditionResults>();
        foreach (var condition in Figures.EnumerateObject())
        {
            conditions.Add(condition.Name, Condition(condition.Name, condition.Value));
        }

        return new ExperimentResults
        {
            Name = "partscenes",
            Rows = 3600,
            Images = 600,
            Split = new SplitSummary(new SplitPart(2160, 360), new SplitPart(720, 120), new SplitPart(TestRows, 120)),
            Classes = [.. Names],
            Baselines = new Baselines(1 / 15.0, 0.0791667, Probe("pixels", 1e-2, 0.2069444, true) with { Tower = "", Layer = -1, ControlAccuracy = null, Selectivity = null }),
            Conditions = conditions,
            Trainer = "ML.NET's L-BFGS",
            Comparisons = [.. conditions.Keys.Skip(1).SelectMany(name => Compare(conditions, name))],
            BlindAnswer = conditions["intact"].Answer! with { Accuracy = 0.081, TestAccuracy = 0.0875, Low = 0.07, High = 0.105, WilsonLow = null, WilsonHigh = null },
            Sweeps = [Sweep(conditions)],
            CrossCondition = ReferenceGeometry.CrossCondition(conditions),
            Erasures = ReferenceGeometry.Erasures(conditions),
            Directions = ReferenceGeometry.Directions,
            Confusions = [.. conditions.Select(pair => new Confusion(pair.Key, pair.Value.BestProbe!.Site, Counts(pair.Value.BestProbe.TestAccuracy)))],
            Samples = [.. Enumerable.Range(0, 4).Select(Sample)],
            Dropped = [new DroppedRow("scene-17/part-2", "its region covers nothing of the picture after the crop")],
            Regions = new RegionSummary(0.25, 12, 3.4),
            Provenance = new Provenance
            {
                Command = "probe run data/experiments/partscenes.yaml --set dataset.images=600",
                Experiment = "model: data/models/partscenes-llava\ndataset: { name: partscenes, seed: 11, images: 600 }\n",
                Model = "data/models/partscenes-llava",
                ModelHash = new string('a', 64),
                Dataset = "PartScenes, seed 11, 600 pictures",
                DatasetHash = new string('b', 64),
                Seeds = new OrderedDictionary<string, long> { ["dataset"] = 11, ["bootstrap"] = 1 },
                Software = new OrderedDictionary<string, string> { ["ProbePipeline"] = "0.1.0", ["TorchSharp"] = "0.107.0", ["Microsoft.ML"] = "5.0.1" },
                Computed = "cpu, float32",
            },
        };
    }

    private static LayerSweepResult Sweep(OrderedDictionary<string, ConditionResults> conditions)
    {
        var intact = conditions["intact"];
        return new LayerSweepResult
        {
            Name = "vision-window",
            Tower = "vision",
            Block = "vision: all to all",
            Against = "intact",
            Site = "language.resid_post.4",
            Windows =
            [
                .. Enumerable.Range(0, 5).Select(first => new LayerWindowResult
                {
                    Condition = $"vision-window.{first}-{first + 1}",
                    First = first,
                    Last = first + 1,
                    Answer = intact.Answer! with { TestAccuracy = 0.5 + (0.05 * first), Low = 0.45 + (0.05 * first), High = 0.55 + (0.05 * first) },
                    AnswerDifference = new Comparison($"vision-window.{first}-{first + 1}", "intact", null, -0.4 + (0.05 * first), -0.45, -0.1) { Tests = new PairedTests(0.001, 0.002, 0.05) { Holm = 0.005 } },
                    Probe = Probe("language.resid_post.4", 1e-3, 0.6 + (0.06 * first), true),
                }),
            ],
        };
    }

    private static ConditionResults Condition(string name, JsonElement figures)
    {
        var accuracy = figures.GetProperty("answers");
        var (low, high) = Interval(accuracy[1].GetDouble());
        var (wilsonLow, wilsonHigh) = WilsonInterval.Of((int)Math.Round(accuracy[1].GetDouble() * TestRows), TestRows);
        var vision = name is "intact" or "decoder-cut" ? [] : (string[])["vision: all to all, layers all"];
        var language = name is "intact" or "vision-cut" ? [] : (string[])["language: image to image, layers all"];
        var question = name is "region-only" ? (string[])["language: question to outside, layers all"] : [];
        return new ConditionResults
        {
            Blocks = [.. vision, .. language, .. question],
            RemainingPaths =
            [
                new RemainingPath("vision", "outside", "region", vision.Length > 0 ? "none" : "directly"),
                new RemainingPath("language", "outside", "region", language.Length > 0 ? "none" : "directly"),
                new RemainingPath("language", "outside", "last", question.Length > 0 ? "none" : "through question"),
            ],
            Answer = new AnswerResult { Accuracy = accuracy[0].GetDouble(), TestAccuracy = accuracy[1].GetDouble(), Rows = 3600, Low = low, High = high, WilsonLow = wilsonLow, WilsonHigh = wilsonHigh },
            Probes = [.. figures.GetProperty("probes").EnumerateObject().Select(probe => Probe(probe.Name, probe.Value))],
            Lens = [.. figures.GetProperty("lens").EnumerateArray().Select(Lens)],
        };
    }

    private static ProbeResult Probe(string site, JsonElement sweep)
    {
        ImmutableArray<SweepPoint> points = [.. sweep.EnumerateArray().SkipLast(1).Select(point =>
            new SweepPoint(point[0].GetDouble(), point[1].GetDouble(), point[2].GetDouble()))];
        var l2 = sweep[sweep.GetArrayLength() - 1][0].GetDouble();
        var chosen = points.Single(point => point.L2 == l2);
        return Probe(site, l2, chosen.TestAccuracy, site != "vision.resid_post.5") with { ValidationAccuracy = chosen.ValidationAccuracy, Sweep = points };
    }

    private static ProbeResult Probe(string site, double l2, double accuracy, bool onPath)
    {
        var (low, high) = Interval(accuracy);
        var layer = int.TryParse(site.Split('.')[^1], out var number) ? number : -1;
        var control = Math.Round(0.12 + (0.008 * Math.Max(0, layer)) + (0.03 * accuracy), 4);
        return new ProbeResult
        {
            Site = site,
            Tower = site.StartsWith("vision", StringComparison.Ordinal) ? "vision" : "language",
            Layer = layer,
            OnPath = onPath,
            L2 = l2,
            ValidationAccuracy = accuracy,
            TestAccuracy = accuracy,
            Low = low,
            High = high,
            ControlAccuracy = control,
            Selectivity = accuracy - control,
            Majority = 0.0791667,
            MacroF1 = accuracy * 0.99,
            LogLoss = -Math.Log(Math.Max(accuracy, 0.01)),
        };
    }

    private static (double Low, double High) Interval(double accuracy)
    {
        var half = 1.96 * Math.Sqrt(accuracy * (1 - accuracy) / TestRows);
        return (Math.Round(accuracy - half, 6), Math.Round(Math.Min(1, accuracy + half), 6));
    }

    private static LensResult Lens(JsonElement lens, int layer) => new()
    {
        Layer = layer,
        MedianRank = lens[0].GetDouble(),
        Top1 = lens[1].GetDouble(),
        MeanReciprocalRank = lens[2].GetDouble(),
        OtherMedianRank = 14 - layer,
        OtherTop1 = 0.01 * layer,
        OtherMeanReciprocalRank = 0.1,
    };

    private static IEnumerable<Comparison> Compare(OrderedDictionary<string, ConditionResults> conditions, string name)
    {
        var (first, other) = (conditions["intact"], conditions[name]);
        yield return Compare(name, null, other.Answer!.TestAccuracy - first.Answer!.TestAccuracy);
        for (var index = 0; index < first.Probes.Length; index++)
        {
            yield return Compare(name, first.Probes[index].Site, other.Probes[index].TestAccuracy - first.Probes[index].TestAccuracy);
        }
    }

    private static Comparison Compare(string name, string? site, double difference)
    {
        var half = difference == 0 ? 0 : 0.012 + (0.05 * Math.Abs(difference));
        return new Comparison(name, "intact", site, difference, difference - half, difference + half);
    }

    private static ImmutableArray<ImmutableArray<int>> Counts(double accuracy) =>
    [
        .. Enumerable.Range(0, Names.Length).Select(row => Enumerable.Range(0, Names.Length).Select(column =>
            row == column ? (int)Math.Round(48 * accuracy) : row % 5 == column % 5 ? (int)Math.Round(48 * (1 - accuracy) / 2) : 0).ToImmutableArray()),
    ];

    private static SampleRow Sample(int index) => new(
        $"scene-{500 + index}/part-{index}",
        "What is the red part?",
        Names[index],
        new OrderedDictionary<string, string>
        {
            ["intact"] = Names[index],
            ["vision-cut"] = Names[index],
            ["decoder-cut"] = Names[index],
            ["both-cut"] = Names[index % 2 == 0 ? index : index + 1],
            ["region-only"] = Names[index + 5],
        },
        Picture(index));

    private static ImmutableArray<byte> Picture(int index)
    {
        using var bitmap = new SKBitmap(112, 112);
        using var canvas = new SKCanvas(bitmap);
        using var body = new SKPaint { Color = SKColors.Gray };
        using var part = new SKPaint { Color = SKColors.Red };
        using var region = new SKPaint { Color = SKColors.Yellow, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };
        canvas.Clear(SKColors.LightGray);
        canvas.DrawRect(8, 30, 60, 40, body);
        canvas.DrawCircle(30 + (8 * index), 60, 8, part);
        canvas.DrawRect(20 + (8 * index), 50, 20, 20, region);
        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return [.. png.ToArray()];
    }
}
