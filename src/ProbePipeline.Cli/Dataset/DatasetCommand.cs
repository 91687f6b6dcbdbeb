using System.CommandLine;
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
        images.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--images: expected a number from 1.");
            }
        });

        var export = new Command("export", ExportDescription) { name, seed, images, to };
        export.SetAction(parsed =>
        {
            using var interruption = new Interruption();
            try
            {
                var written = DatasetFiles.Export(
                    parsed.GetRequiredValue(name), parsed.GetValue(seed), parsed.GetValue(images), parsed.GetRequiredValue(to), interruption.Token);
                Output.Create().MarkupLineInterpolated($"{written.Pictures} pictures with {written.Parts} parts: [bold]{written.Manifest}[/]");
                return 0;
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                Console.Error.WriteLine("stopped; the same command goes on from there");
                return interruption.ExitCode;
            }
        });
        return new Command("dataset", "Looks at the datasets that experiments are run on.") { export, LookCommand.Create(), CheckCommand.Create() };
    }
}
