using System.CommandLine;
using System.Text;
using ProbePipeline.Drafting;
using Spectre.Console;

namespace ProbePipeline.Cli.Init;

/// <summary><c>probe init</c>: an experiment file with comments, for a model and a dataset.</summary>
internal static class InitCommand
{
    private const string Description = """
        Writes an experiment file with comments, after a look at the model (towers, sites) and at the dataset (fields, classes).

        Example:
          probe init my-experiment.yaml --model data/models/partscenes-llava --dataset partscenes
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; its name is the experiment's. One that is there is never replaced." };
        var model = new Option<string>("--model") { Description = "The checkpoint folder, or org/name of the Hugging Face hub.", HelpName = "MODEL", Required = true };
        var dataset = new Option<string>("--dataset") { Description = "The dataset.", HelpName = "NAME", Required = true };
        var target = new Option<string?>("--target") { Description = "The field to predict; part, label or the first that could be where none is named.", HelpName = "FIELD" };
        var set = new Option<string[]>("--set") { Description = "A value of the file that is known already; may be given several times.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        var command = new Command("init", Description) { file, model, dataset, target, set };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            RequireNew(path);
            var text = ExperimentDraft.Write(path, parsed.GetRequiredValue(model), parsed.GetRequiredValue(dataset), parsed.GetValue(target), parsed.GetRequiredValue(set));
            WriteNew(path, text);
            Output.Create().MarkupLineInterpolated($"[bold]{path}[/]");
            return 0;
        });
        return command;
    }

    // Before the model is opened; and when it is written, somebody may have been quicker.
    private static void RequireNew(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new ExperimentException($"{path}: expected the name of a new file, found one that is there; choose another name, or remove it");
        }
    }

    private static void WriteNew(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"{path}: the file cannot be written: {error.Message}", error);
        }
    }
}
