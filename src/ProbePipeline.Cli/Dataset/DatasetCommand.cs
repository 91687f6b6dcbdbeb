using System.CommandLine;
using ProbePipeline.Cli.Run;
using Spectre.Console;

namespace ProbePipeline.Cli.Dataset;

/// <summary><c>probe dataset</c>: what experiments are run on.</summary>
internal static class DatasetCommand
{
    private const string ExportDescription = """
        Writes a dataset's pictures and masks as PNG with a manifest in JSONL, a line a part, so that people can look at it and copy the form.

        Example:
          probe dataset export partscenes --images 40 --to partscenes
        """;

    public static Command Create()
    {
        var name = new Argument<string>("DATASET") { Description = "partscenes" };
        var seed = new Option<long>("--seed") { Description = "Other seeds give other scenes.", DefaultValueFactory = _ => 11 };
        var images = new Option<int>("--images") { Description = "Number of pictures.", DefaultValueFactory = _ => 600 };
        var to = new Option<string>("--to") { Description = "The folder to write to.", HelpName = "FOLDER", Required = true };
        images.RequireFromOne("a number");
        var export = new Command("export", ExportDescription) { name, seed, images, to };
        export.SetAction(parsed => Work.Do(
            cancellation =>
            {
                var written = DatasetFiles.Export(parsed.GetRequiredValue(name), parsed.GetValue(seed), parsed.GetValue(images), parsed.GetRequiredValue(to), cancellation);
                Output.Create().MarkupLineInterpolated($"{written.Pictures} pictures with {written.Parts} parts: [bold]{written.Manifest}[/]");
                return 0;
            },
            "stopped; the same command goes on from there"));
        return new Command("dataset", "Looks at the datasets that experiments are run on.") { export, LookCommand.Create(), CheckCommand.Create() };
    }
}
