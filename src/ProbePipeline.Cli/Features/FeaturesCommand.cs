using System.CommandLine;
using Spectre.Console;

namespace ProbePipeline.Cli.Features;

/// <summary><c>probe features</c>: what a run captured, for other software.</summary>
internal static class FeaturesCommand
{
    private const string ExportDescription = """
        Writes the features of a run for other software: a Parquet file a condition, or a NumPy array a condition and column.

        Examples:
          probe features export reports/partscenes/features --format parquet --to features
          probe features export reports/partscenes/features --format npy --to features
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of features." };
        var format = new Option<string>("--format") { Description = "The files' format.", Required = true };
        format.AcceptOnlyFromAmong("parquet", "npy");
        var to = new Option<string>("--to") { Description = "The folder to write to.", HelpName = "FOLDER", Required = true };
        var export = new Command("export", ExportDescription) { folder, format, to };
        export.SetAction(parsed =>
        {
            var console = Output.Create();
            foreach (var path in FeatureFiles.Export(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(format) == "npy", parsed.GetRequiredValue(to)))
            {
                console.WriteLine(path);
            }

            return 0;
        });
        return new Command("features", "Gives the features of a run to other software.") { export };
    }
}
