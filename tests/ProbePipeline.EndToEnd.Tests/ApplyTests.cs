using System.Text.Json;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary><c>probe apply</c> as people use it, on the probes of a run of their own.</summary>
public sealed class ApplyTests(SavedRun run) : IClassFixture<SavedRun>, IDisposable
{
    private const string Vision = "vision.resid_post.4";
    private const string Language = "language.resid_post.3@region-mean";
    private const string Question = "What is the red part?";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Apply_PicturesWithoutAnythingElse_PrintsFiveClassesEach()
    {
        var (code, text, error) = await Probe.Run("apply", run.Output, run.Picture, run.OtherPicture, "--site", Vision);
        Assert.Equal(("", 0), (error, code));
        Assert.Matches(@"part read at vision\.resid_post\.4 \(region-mean\) under intact; [01]\.\d{3} right on the run's test rows", text);
        Assert.Equal(10, text.Split('\n').Count(line => System.Text.RegularExpressions.Regex.IsMatch(line, @" [a-z]+ +[01]\.\d{3} *$")));
        Assert.Contains("00001.png   whole picture", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task Apply_FormatsForPrograms_HoldEveryClass()
    {
        string[] arguments = ["apply", run.Output, run.Picture, "--site", Language, "--condition", "region-only", "--mask", run.Mask, "--mask-value", "1", "--question", Question];
        var (code, csv, error) = await Probe.Run([.. arguments, "--format", "csv"]);
        Assert.Equal(("", 0), (error, code));
        var lines = csv.TrimEnd().Split('\n');
        Assert.Equal((16, "picture,region,class,probability,rank"), (lines.Length, lines[0]));

        var (_, json, _) = await Probe.Run([.. arguments, "--format", "json"]);
        using var read = JsonDocument.Parse(json);
        var reading = Assert.Single(read.RootElement.EnumerateArray());
        Assert.Equal(lines[1].Split(',')[^3], reading.GetProperty("predicted").GetString());
        Assert.Equal(1, reading.GetProperty("probabilities").EnumerateObject().Sum(one => one.Value.GetDouble()), 1e-9);
    }

    [Fact]
    public async Task Apply_Maps_AreWrittenWholeAndAlikeASecondTime()
    {
        var output = _folder["out"];
        string[] arguments = ["apply", run.Output, run.Picture, "--site", Vision, "--region", "10,20,30,40", "--maps", "--class", "wheel", "--class", "sail", "--out", output];
        var (code, text, error) = await Probe.Run(arguments);
        Assert.Equal(("", 0), (error, code));
        Assert.Contains($"written: {Path.Combine(output, "00000.map-wheel.png")}", text, StringComparison.Ordinal);
        Assert.Equal(["00000.map-sail.png", "00000.map-wheel.png", "00000.patches.csv", "readings.csv", "readings.json"], Names(output));
        Assert.Equal(65, File.ReadAllLines(Path.Combine(output, "00000.patches.csv")).Length);

        var before = Names(output).Select(name => File.ReadAllBytes(Path.Combine(output, name))).ToArray();
        Assert.Equal(0, (await Probe.Run(arguments)).ExitCode);
        Assert.Equal(before, Names(output).Select(name => File.ReadAllBytes(Path.Combine(output, name))));
    }

    [Fact]
    public async Task Apply_ModelThatMoved_IsKnownByItsContent()
    {
        var moved = CopyOfTheModel();
        var probes = Path.Combine(run.Output, "probes", "probes.safetensors");
        var here = await Probe.Run("apply", run.Output, run.Picture, "--site", Vision, "--format", "csv");
        var there = await Probe.Run("apply", probes, run.Picture, "--site", Vision, "--format", "csv", "--model", moved);
        Assert.Equal((0, here.Output), (there.ExitCode, there.Output));

        File.AppendAllText(Path.Combine(moved, "config.json"), " ");
        await Refused("expected the very model that the probes were trained on", "apply", run.Output, run.Picture, "--site", Vision, "--model", moved);
        await Refused("is no folder", "apply", run.Output, run.Picture, "--site", Vision, "--model", _folder["none"]);
    }

    [Fact]
    public async Task Apply_FileThatHoldsNoProbes_IsNamed()
    {
        await Refused("run the experiment with probe.save: true", "apply", _folder["none"], run.Picture, "--site", Vision);
        await Refused("found no", "apply", Directory.CreateDirectory(_folder["empty"]).FullName, run.Picture, "--site", Vision);
        await Refused("model.safetensors: format: expected probepipeline.probes; found pt", "apply", Path.Combine(SavedRun.Model, "model.safetensors"), run.Picture, "--site", Vision);
        await Refused("expected a whole safetensors file", "apply", run.Mask, run.Picture, "--site", Vision);
        var cut = _folder["cut.safetensors"];
        File.WriteAllBytes(cut, File.ReadAllBytes(Path.Combine(run.Output, "probes", "probes.safetensors"))[..^1]);
        await Refused("cut.safetensors: expected a whole safetensors file", "apply", cut, run.Picture, "--site", Vision);
    }

    [Theory]
    [InlineData("expected one of the sites vision.resid_post.4, language.resid_post.3; found 'projector'", "--site", "projector")]
    [InlineData("name one of language.resid_post.3@region-mean, language.resid_post.3@last", "--site", "language.resid_post.3")]
    [InlineData("expected one of the conditions intact, vision-cut, region-only; found 'both-cut'", "--condition", "both-cut")]
    [InlineData("say what to ask (--question)", "--site", Language)]
    [InlineData("condition 'region-only' cuts by region", "--site", Language, "--condition", "region-only", "--question", Question)]
    [InlineData("maps are files: say where to write them (--out)", "--site", Vision, "--maps")]
    [InlineData("for which a probe has to be trained on patches", "--site", "language.resid_post.3@last", "--question", Question, "--maps", "--out", "out")]
    [InlineData("expected classes of the probe, which are wheel, light", "--site", Vision, "--maps", "--out", "out", "--class", "banana")]
    [InlineData("goes with maps (--maps)", "--site", Vision, "--class", "wheel")]
    [InlineData("expected a region as x,y,width,height", "--site", Vision, "--region", "1,2,3")]
    [InlineData("within a picture of 112 pixels in 112 rows", "--site", Vision, "--region", "100,100,20,20")]
    [InlineData("--region and --mask are two ways", "--site", Vision, "--region", "1,2,3,4", "--mask", "m.png")]
    [InlineData("--mask-value goes with --mask", "--site", Vision, "--mask-value", "1")]
    [InlineData("--mask-value: expected a number from 1 to 255", "--site", Vision, "--mask", "m.png", "--mask-value", "0")]
    [InlineData("no-such.png: the picture cannot be read", "--site", Vision, "--mask", "no-such.png")]
    [InlineData("Expected a device", "--site", Vision, "--device", "tpu")]
    public async Task Apply_WhatDoesNotFit_IsNamedAndNothingIsWritten(string message, params string[] arguments)
    {
        var output = _folder["out"];
        await Refused(message, ["apply", run.Output, run.Picture, .. arguments.Select(argument => argument == "out" ? output : argument)]);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Apply_PicturesThatCannotBeUsed_AreNamedBeforeAnyIsRead()
    {
        var output = _folder["out"];
        await Refused("no-such.png: the picture cannot be read", "apply", run.Output, run.Picture, "no-such.png", "--site", Vision, "--out", output);
        await Refused("results.json: expected JPEG, PNG, WebP, GIF or BMP", "apply", run.Output, run.Picture, Path.Combine(run.Output, "results.json"), "--site", Vision, "--out", output);
        await Refused("found no pixel of value 200", "apply", run.Output, run.Picture, "--site", Vision, "--mask", run.Mask, "--mask-value", "200");
        await Refused("expected pictures of different names", "apply", run.Output, run.Picture, run.Mask, "--site", Vision, "--maps", "--out", output);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Help_TeachesByExample()
    {
        var (code, text, _) = await Probe.Run("apply", "--help");
        Assert.Equal(0, code);
        Assert.Contains("  probe apply reports/partscenes scene.png", text, StringComparison.Ordinal);
    }

    private static async Task Refused(string message, params string[] arguments)
    {
        var (code, output, error) = await Probe.Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string CopyOfTheModel()
    {
        var copy = Directory.CreateDirectory(_folder["model"]).FullName;
        foreach (var file in Directory.GetFiles(SavedRun.Model))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }
}
