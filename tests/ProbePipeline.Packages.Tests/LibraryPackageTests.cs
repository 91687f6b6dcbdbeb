using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ProbePipeline.Testing;

namespace ProbePipeline.Packages.Tests;

/// <summary>The libraries as somebody uses them who has only the packages.</summary>
[Collection(nameof(PackedFolderCollection))]
[Trait("Category", "Packages")]
public sealed class LibraryPackageTests(PackedFolder packed)
{
    private static string Model => Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    [Fact]
    public async Task Probes_OnVectorsOfTheirUser_NeedNoLibtorch()
    {
        var output = await packed.RunConsumer("Vectors", """
            using System.Globalization;
            using ProbePipeline.Probes;
            using ProbePipeline.Probes.Splits;
            using ProbePipeline.Probes.Statistics;

            var labels = Enumerable.Range(0, 60).Select(row => row % 3).ToArray();
            // Number c of a vector is large where the class is c.
            var vectors = new FeatureMatrix([.. labels.SelectMany((label, row) => Enumerable.Range(0, 3).Select(c => (c == label ? 2f : 0f) + row % 7 * 0.05f))], 3);
            var split = RowSplit.ByOrder([.. Enumerable.Range(0, 60)], train: 0.6, validation: 0.2);
            var study = new ProbeStudy
            {
                Rows = new LabeledRows(["a", "b", "c"], [.. labels], [.. Enumerable.Range(0, 60)], split),
                L2 = [1e-3],
                Bootstrap = new ClusterBootstrap([.. split.Test], 100, 0),
            };
            var outcome = study.Run(new ProbeSite("anywhere", "vision", 0), vectors);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy {outcome.Result.TestAccuracy:F3}"));
            """, ("ProbePipeline.Probes", packed.Version));

        Assert.Equal("accuracy 1.000", output.Trim());
        Assert.DoesNotContain(Directory.EnumerateFiles(packed["Vectors"], "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("torch_cpu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Experiment_InCodeWithLibtorchBesideIt_Runs()
    {
        var libtorch = $"libtorch-cpu-{RuntimeInformation.RuntimeIdentifier}";
        var report = packed["report"];
        var output = await packed.RunConsumer("Study", $$"""
            using System.Globalization;
            using ProbePipeline;
            using ProbePipeline.Models.Masks;
            using ProbePipeline.Models.Sites;
            using ProbePipeline.Options;

            var cut = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All);
            var outcome = new Experiment(new ExperimentOptions
            {
                Name = "packages",
                Model = @"{{Model}}",
                Dataset = new() { Name = "partscenes", Seed = 11, Images = 20 },
                Conditions = [new("intact", []), new("vision-cut", [cut])],
                Probe = new() { Target = "part" },
                Answer = new() { Questions = [new("What is the {color} part?")] },
                Output = @"{{report}}",
            }).Run();
            Console.WriteLine(outcome.ReportPath);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Results.Conditions["intact"].Answer!.Accuracy:F3}"));
            """, ("ProbePipeline", packed.Version), (libtorch, PinnedVersion(libtorch)));

        var lines = output.Trim().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(Path.Combine(report, "report.html"), lines[^2]);
        Assert.InRange(double.Parse(lines[^1], CultureInfo.InvariantCulture), 0.7, 1);
        Assert.True(new FileInfo(lines[^2]).Length > 100_000);
    }

    private static string PinnedVersion(string package) => XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
        .Single(pinned => pinned.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}
