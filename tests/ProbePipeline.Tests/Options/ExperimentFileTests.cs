using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Options;

public sealed class ExperimentFileTests
{
    private const string Minimal = "model: m\ndataset: { name: partscenes }\nconditions: { intact: [] }\nanswer: { question: What? }\n";

    private static readonly string Sample = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");

    [Fact]
    public void Parse_Sample_TakesItsValues()
    {
        var options = ExperimentFile.Parse(File.ReadAllText(Sample), Sample);

        Assert.Equal("partscenes", options.Name);
        Assert.Contains("no evidence about large models", options.Note, StringComparison.Ordinal);
        Assert.Equal("data/models/partscenes-llava", options.Model);
        Assert.Equal(new DatasetOptions { Name = "partscenes", Seed = 11, Images = 600 }, options.Dataset);
        Assert.Equal(["intact", "vision-cut", "decoder-cut", "both-cut", "region-only"], options.Conditions.Select(condition => condition.Name));
        Assert.Equal(
            ["vision: all to all, layers all", "language: image to image, layers all", "language: question to outside, layers all"],
            options.Conditions[4].Blocks.Select(block => $"{block}"));
        Assert.Equal(["vision.resid_post", "projector", "language.resid_post"], options.Capture.Sites.Select(site => $"{site}"));
        Assert.Equal([Pooling.RegionMean], options.Capture.Pooling);
        Assert.Equal([1e-4, 1e-3, 1e-2, 1e-1], options.Probe!.L2);
        Assert.Equal(new SplitOptions { Train = 0.6, Validation = 0.2 }, options.Probe.Split);
        Assert.Equal(["color", "shape"], options.Probe.Control!.Type);
        Assert.Equal("What is the {color} part?", $"{options.Answer!.Questions[0]}");
        Assert.Null(options.Answer.Template);
        Assert.Equal("part", options.Answer.Choices.Field);
        Assert.Equal("part", options.Lens!.Labels.Field);
        Assert.Equal("reports/partscenes", options.Output);
    }

    [Fact]
    public void Parse_Minimal_FillsInTheDefaults()
    {
        var options = ExperimentFile.Parse(Minimal, "folder/quick.yaml");

        Assert.Equal(("quick", "reports/quick"), (options.Name, options.Output));
        Assert.Null(options.Note);
        Assert.Null(options.Probe);
        Assert.Null(options.Lens);
        Assert.Equal((32, 32, "cpu", null), (options.Capture.BatchSize, options.Capture.ChunkPictures, options.Capture.Device, options.Capture.Type));
        Assert.Equal((0.25, TileChoice.Both, 0.05), (options.Regions.Threshold, options.Regions.Tiles, options.MaximumDropped));
        Assert.Equal((0L, 600), (options.Dataset.Seed, options.Dataset.Images));
        Assert.Equal("part", options.Answer!.Choices.Field);
    }

    [Fact]
    public void Parse_EverythingGiven_IsTaken()
    {
        var options = ExperimentFile.Parse(
            """
            name: all of it
            note: "two
              lines"
            model: m
            dataset: { name: partscenes, seed: 3, images: 50 }
            conditions:
              late: [{ tower: language, from: question+last, to: "image-region", layers: late half, heads: [0, 2], keepSelf: false }]
              some: [{ tower: vision, from: patches, to: cls, layers: [1, 4] }]
            capture: { sites: [vision.resid_post.3, language.attn_out], pooling: [region-max, image-mean], batchSize: 7, chunkPictures: 9, device: "cuda:1", type: bfloat16 }
            probe: { target: object, l2: [1, 0.5], split: { order: random, seed: 5, train: 0.5, validation: 0.25 }, control: { type: shape, seed: 8 }, bootstrap: { count: 200, seed: 9 },
              crossCondition: { matrixSites: [vision.resid_post.3, projector], similarity: false }, erasure: { other: color }, directions: { sites: language.attn_out.2, iterations: 3 } }
            answer: { question: "Which has the {color} {shape}? {{}}", template: "<image> Q: {question} A:", choices: [car, face, house, boat, tree] }
            lens: { labels: objects }
            regions: { threshold: 0.5, tiles: overview }
            maximumDropped: 0.2
            output: elsewhere
            """,
            "x.yaml");

        Assert.Equal(("all of it", "two lines", "elsewhere", 0.2), (options.Name, options.Note, options.Output, options.MaximumDropped));
        var block = Assert.Single(options.Conditions[0].Blocks);
        Assert.Equal((Tower.Language, false), (block.Tower, block.KeepSelf));
        Assert.Equal([0, 2], block.Heads!.Value);
        Assert.Equal("question+last", TokenSetText.Write(block.From));
        Assert.Equal("image-region", TokenSetText.Write(block.To));
        Assert.Equal(["vision.resid_post.3", "language.attn_out"], options.Capture.Sites.Select(site => $"{site}"));
        Assert.Equal([Pooling.RegionMax, Pooling.ImageMean], options.Capture.Pooling);
        Assert.Equal((7, 9, "cuda:1", "bfloat16"), (options.Capture.BatchSize, options.Capture.ChunkPictures, options.Capture.Device, options.Capture.Type));
        Assert.Equal([0.5, 1], options.Probe!.L2);
        Assert.Equal(new SplitOptions { Order = SplitOrder.Random, Seed = 5, Train = 0.5, Validation = 0.25 }, options.Probe.Split);
        Assert.Equal((8L, 200, 9L), (options.Probe.Control!.Seed, options.Probe.Bootstrap.Count, options.Probe.Bootstrap.Seed));
        Assert.Equal(["vision.resid_post.3", "projector"], options.Probe.CrossCondition.MatrixSites.Select(site => $"{site}"));
        Assert.Equal((false, "color", 3), (options.Probe.CrossCondition.Similarity, options.Probe.Erasure!.Other, options.Probe.Directions!.Iterations));
        Assert.Equal(["language.attn_out.2"], options.Probe.Directions.Sites.Select(site => $"{site}"));
        Assert.Equal("<image> Q: why A:", options.Answer!.Template!.Render("why"));
        Assert.Equal(["car", "face", "house", "boat", "tree"], options.Answer.Choices.Words);
        Assert.Equal((0.5, TileChoice.Overview), (options.Regions.Threshold, options.Regions.Tiles));
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "y.yaml"));
    }

    [Fact]
    public void ToYaml_Read_GivesEqualOptionsAndTheSameText()
    {
        foreach (var text in new[] { Minimal, File.ReadAllText(Sample), Minimal + "probe: { erasure: {}, directions: {} }\n" })
        {
            var options = ExperimentFile.Parse(text, "file.yaml");
            var again = ExperimentFile.Parse(options.ToYaml(), "other.yaml");
            Assert.Equal(options, again);
            Assert.Equal(options.ToYaml(), again.ToYaml());
        }
    }

    [Fact]
    public void Parse_EmptySections_TurnsErasureAndDirectionsOn()
    {
        var probe = ExperimentFile.Parse(Minimal + "probe: { erasure: {}, directions: {} }\n", "x.yaml").Probe!;

        Assert.Null(probe.Erasure!.Other);
        Assert.Empty(probe.Directions!.Sites);
        Assert.Equal(8, probe.Directions.Iterations);
        var without = ExperimentFile.Parse(Minimal + "probe: {}\n", "x.yaml").Probe!;
        Assert.Null(without.Erasure);
        Assert.Null(without.Directions);
        Assert.True(without.CrossCondition.Similarity);
        Assert.Empty(without.CrossCondition.MatrixSites);
    }

    [Fact]
    public void ToYaml_NamedKeys_WritesThemAloneAndRefusesOthers()
    {
        var options = ExperimentFile.Parse(Minimal, "file.yaml");
        Assert.StartsWith("regions:", options.ToYaml("regions"), StringComparison.Ordinal);
        Assert.DoesNotContain("model", options.ToYaml("regions", "capture"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => options.ToYaml("region"));
    }

    [Fact]
    public void Parse_ManyMistakes_NamesAllOfThemInOrder()
    {
        var problems = Problems(
            """
            modl: m
            model: m
            dataset: { name: partscenes, images: many, sed: 3 }
            conditions:
              "a b": []
              cut: [{ tower: vision, from: question, to: all }, { tower: language, from: all }]
            capture: { sites: [vision.resid], pooling: region-tokens, batchSize: 0 }
            probe: { l2: [1e-3, -1], split: { train: 0.9, validation: 0.4 }, control: { type: [part, color] } }
            answer: { question: "What is the {size} part?", choices: colors }
            maximumDropped: 2
            """);

        Assert.Equal(
            [
                "1: modl", "3: dataset.images", "3: dataset.sed", "5: conditions.a b", "6: conditions.cut[0].from", "6: conditions.cut[1].to", "7: capture.sites", "7: capture.pooling",
                "7: capture.batchSize", "8: probe.l2", "8: probe.split", "8: probe.control.type", "9: answer.choices", "10: maximumDropped",
            ],
            problems.Select(problem => $"{problem.Line}: {problem.Key.Replace("capture.sites[0]", "capture.sites", StringComparison.Ordinal).Replace("probe.l2[1]", "probe.l2", StringComparison.Ordinal)}")
                .Where(problem => problem != "9: answer.question"));
        Assert.All(problems, problem => Assert.Contains("expected", problem.Message, StringComparison.Ordinal));
        Assert.Contains("did you mean \"model\"?", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("found \"many\", expected a whole number", problems[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ tower: visoin, from: region, to: everything }", "cut[0].tower", "cut[0].to")]
    [InlineData("{ tower: visoin, from: cls, to: question }", "cut[0].tower")]
    [InlineData("{ tower: vision, from: cls, to: question, heads: many }", "cut[0].to", "cut[0].heads")]
    [InlineData("{ from: everything, to: all }", "cut[0].tower", "cut[0].from")]
    public void Parse_BlockWithMistakes_NamesItsSetsWithTheRest(string block, params string[] expected)
    {
        var problems = Problems($"model: m\ndataset: {{ name: partscenes }}\nanswer: {{ question: What? }}\nconditions: {{ intact: [], cut: [{block}] }}\n");

        Assert.Equal(expected, problems.Select(problem => problem.Key["conditions.".Length..]));
    }

    [Theory]
    [InlineData("answer: { question: \"What {size}?\" }", "answer.question", "found the field \"size\", expected one that rows of partscenes have: part, shape, color, object")]
    [InlineData("answer: { question: \"Is it a {part}?\" }", "answer.question", "this question holds its answer")]
    [InlineData("answer: { question: \"What {color?\" }", "answer.question", "belongs to no field")]
    [InlineData("answer: { question: \" \" }", "answer.question", "expected a question such as")]
    [InlineData("answer: { question: What?, choices: { columns: options } }", "answer.choices", "or { column: options } for every row's own list")]
    [InlineData("answer: { question: What?, choices: { column: colour } }", "answer.choices", "found the field \"colour\", expected one that rows of partscenes have")]
    [InlineData("lens: { labels: { column: color } }", "lens.labels", "found the column \"color\"")]
    [InlineData("answer: { question: What?, template: llava }", "answer.template", "qwen2-vl, idefics3, plain, or a prompt of your own")]
    [InlineData("probe: { target: size }", "probe.target", "found the field \"size\"")]
    [InlineData("probe: { control: { type: [size] } }", "probe.control.type", "found the field \"size\"")]
    [InlineData("probe: { control: { type: [part] } }", "probe.control.type", "a control task on the target is the task itself")]
    [InlineData("probe: { erasure: { other: size } }", "probe.erasure.other", "found the field \"size\"")]
    [InlineData("probe: { erasure: { other: part } }", "probe.erasure.other", "the target is what is erased")]
    [InlineData("probe: { erasure: true }", "probe.erasure", "expected a mapping with other")]
    [InlineData("probe: { directions: { iterations: 0 } }", "probe.directions.iterations", "a whole number from 1 to 100")]
    [InlineData("probe: { directions: { sites: vision } }", "probe.directions.sites", "expected")]
    [InlineData("probe: { crossCondition: { similarity: 1 } }", "probe.crossCondition.similarity", "expected true or false")]
    [InlineData("probe: { split: { order: index, seed: 4 } }", "probe.split.seed", "takes no seed")]
    [InlineData("capture: { sites: projector, pooling: cls }", "capture.sites", "no tokens for cls")]
    [InlineData("capture: { device: gpu }", "capture.device", "auto, cpu, cuda or cuda:N")]
    [InlineData("lens: { labels: colors }", "lens.labels", "expected parts")]
    [InlineData("lens: { labels: { columns: color } }", "lens.labels", "expected parts (every class of the target part) or a list of words such as [wheel, door]")]
    [InlineData("lens: { label: parts }", "lens.label", "this key is not known, expected labels; did you mean")]
    public void Parse_OneMistake_SaysWhatIsAllowed(string line, string key, string expected)
    {
        var start = line.StartsWith("answer", StringComparison.Ordinal) ? Minimal[..Minimal.IndexOf("answer", StringComparison.Ordinal)] : Minimal;
        var problem = Problems(start + line).First(problem => problem.Key == key);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Equal(start.Count(character => character == '\n') + 1, problem.Line);
    }

    [Fact]
    public void Parse_ColumnThatIsNoField_IsSaidOnce()
    {
        var problem = Assert.Single(Problems($"{Minimal[..Minimal.IndexOf("answer", StringComparison.Ordinal)]}answer: {{ question: What?, choices: {{ column: a b }} }}\n"));
        Assert.Equal(("answer.choices.column", true), (problem.Key, problem.Message.Contains("expected a field of a row", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("lens: {}", "lens")]
    [InlineData("capture: { sites: language.resid_post }", "capture.sites")]
    public void Parse_LanguageModelWithoutQuestion_IsRefused(string line, string key)
    {
        var without = Minimal[..Minimal.IndexOf("answer", StringComparison.Ordinal)];
        Assert.Contains(Problems($"{without}{line}\n"), problem => problem.Key == key && problem.Message.Contains("prompt", StringComparison.Ordinal));
        Assert.Null(ExperimentFile.Parse($"{without}capture: {{ sites: vision.resid_post }}\n", "x.yaml").Answer);
    }

    [Theory]
    [InlineData("model: m\nmodel: n\n")]
    [InlineData("model: &a m\n")]
    [InlineData("model: !!str m\n")]
    [InlineData("model: [m\n")]
    [InlineData("- model\n")]
    [InlineData("")]
    [InlineData("\tmodel: m\n")]
    public void Parse_NoSuchYaml_IsRefusedInOneMessage(string text) => Assert.NotEmpty(Problems(text));

    [Fact]
    public void Parse_Overrides_TakeThePlaceOfValues()
    {
        var options = ExperimentFile.Parse(
            File.ReadAllText(Sample), Sample, "dataset.images=60", "probe.l2=[1e-3, 1e-2]", "conditions.both-cut=null", "lens=null", "conditions.vision-cut[0].layers=0-2", "dataset.images=70");

        Assert.Equal(70, options.Dataset.Images);
        Assert.Equal([1e-3, 1e-2], options.Probe!.L2);
        Assert.Null(options.Lens);
        Assert.Equal(["intact", "vision-cut", "decoder-cut", "region-only"], options.Conditions.Select(condition => condition.Name));
        Assert.Equal("vision: all to all, layers 0-2", $"{options.Conditions[1].Blocks[0]}");
    }

    [Theory]
    [InlineData("dataset.imags=3", "dataset.imags", "did you mean \"images\"?")]
    [InlineData("dataset.images=many", "dataset.images", "expected a whole number")]
    [InlineData("probe.l2=[", "", "")]
    [InlineData("images", "", "")]
    [InlineData("conditions.none=null", "conditions.none", "no such condition")]
    public void Parse_WrongOverride_IsNamedAsTheSource(string change, string key, string expected)
    {
        var error = Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(File.ReadAllText(Sample), Sample, change));
        var problem = Assert.Single(error.Problems);
        Assert.Contains(change, problem.Source, StringComparison.Ordinal);
        Assert.Null(problem.Line);
        Assert.Contains(key, problem.Key, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnderACultureWithCommas_ReadsAndWritesPoints()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var options = ExperimentFile.Parse(Minimal + "regions: { threshold: 0.5 }\n", "x.yaml");
            Assert.Equal(0.5, options.Regions.Threshold);
            Assert.Contains("threshold: 0.5", options.ToYaml("regions"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_AreNoContent()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.yaml"], Minimal.Replace("model: m", $"model: {folder.Path}", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(true));
        Assert.Equal("a", ExperimentFile.Read(folder["a.yaml"]).Name);
    }

    [Fact]
    public void Read_WhatIsNoFile_SaysWhatItIs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["latin.yaml"], [0x6d, 0xe9]);
        File.WriteAllText(folder["large.yaml"], new string('#', (1 << 20) + 1));
        Assert.Contains("there is no such file", Refused(folder["none.yaml"]), StringComparison.Ordinal);
        Assert.Contains("this is a folder", Refused(folder.Path), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refused(folder["latin.yaml"]), StringComparison.Ordinal);
        Assert.Contains("found 1048577 bytes", Refused(folder["large.yaml"]), StringComparison.Ordinal);
        File.WriteAllText(folder["model.yaml"], Minimal);
        Assert.Contains("model: found \"m\", which is no folder", Refused(folder["model.yaml"]), StringComparison.Ordinal);

        static string Refused(string path) => Assert.Throws<ExperimentFileException>(() => ExperimentFile.Read(path)).Message;
    }

    [Fact]
    public void Validate_OptionsMadeByCode_AreCheckedAsFilesAre()
    {
        var options = ExperimentFile.Parse(Minimal, "x.yaml") with { Model = SampleModel.Folder };
        Assert.Equal(options, ExperimentFile.Validate(options));
        var wrong = options with { MaximumDropped = 2, Dataset = options.Dataset with { Images = 1 } };
        Assert.Equal(["dataset.images", "maximumDropped"], Assert.Throws<ExperimentFileException>(() => ExperimentFile.Validate(wrong)).Problems.Select(problem => problem.Key));
    }

    private static ImmutableArray<ExperimentFileProblem> Problems(string text) => Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(text, "file.yaml")).Problems;
}
