using System.CommandLine;
using System.Text.Json;
using ProbePipeline.Cli.Run;
using ProbePipeline.Inspection;
using Spectre.Console;

namespace ProbePipeline.Cli.Inspect;

/// <summary><c>probe inspect</c>: what a checkpoint folder is, or why it is not usable.</summary>
internal static class InspectCommand
{
    private const string Description = """
        Says what a checkpoint folder is: family, towers, sites with their shapes, tensors left out.
        With a picture and a prompt also how they lie in the language model.
        With an experiment also which ways its conditions leave open in this model, and as a page of pictures between which tokens of a row they cut.
        Says why, where the folder is not usable.

        Examples:
          probe inspect data/models/partscenes-llava
          probe inspect data/models/partscenes-llava --experiment data/experiments/partscenes.yaml --tokens tokens.html
          probe inspect llava-1.5-7b --picture cat.jpg --prompt "USER: <image>\nWhat is this? ASSISTANT:" --answer 20
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder that holds config.json and the safetensors files, or org/name of the Hugging Face hub." };
        var picture = new Option<string?>("--picture") { Description = "A picture (JPEG, PNG, WebP, GIF, BMP) for the token layout." };
        var prompt = new Option<string?>("--prompt")
        {
            Description = @"The prompt, with the model's placeholder where the picture stands (LLaVA: <image>, Phi-3-Vision: <|image_1|>); \n is a new line.",
        };
        var answer = new Option<int>("--answer") { Description = "Let the model answer, in so many tokens at most.", HelpName = "TOKENS" };
        var experiment = new Option<string?>("--experiment")
        {
            Description = "An experiment file: what its conditions cut here, and the shortest ways that they leave open around the cut.",
            HelpName = "FILE",
        };
        var tokens = new Option<string?>("--tokens") { Description = "Writes a page that shows between which tokens of one row the experiment's conditions cut.", HelpName = "FILE" };
        var row = new Option<string?>("--row") { Description = "The row for --tokens; the first where none is named.", HelpName = "ID" };
        var device = new Option<string>("--device") { Description = "Where the model answers: auto, cpu or cuda:N.", DefaultValueFactory = _ => "auto" };
        answer.RequireFromOne("a number of tokens");
        var command = new Command("inspect", Description) { folder, picture, prompt, answer, experiment, tokens, row, device };
        command.Validators.Add(result =>
        {
            if (result.GetValue(prompt) is null && (result.GetValue(picture) is not null || result.GetResult(answer) is { Implicit: false }))
            {
                result.AddError("--picture and --answer go with --prompt.");
            }

            if ((result.GetValue(experiment) is null && result.GetValue(tokens) is not null) || (result.GetValue(tokens) is null && result.GetValue(row) is not null))
            {
                result.AddError("--tokens goes with --experiment, and --row with --tokens.");
            }
        });
        command.SetAction(parsed => Run(
            folder: parsed.GetRequiredValue(folder),
            picture: parsed.GetValue(picture),
            prompt: parsed.GetValue(prompt)?.Replace("\\n", "\n", StringComparison.Ordinal),
            answerTokens: parsed.GetValue(answer),
            experiment: parsed.GetValue(experiment),
            tokens: parsed.GetValue(tokens),
            row: parsed.GetValue(row),
            device: parsed.GetRequiredValue(device)));
        return command;
    }

    private static int Run(string folder, string? picture, string? prompt, int answerTokens, string? experiment, string? tokens, string? row, string device)
    {
        using var checkpoint = CheckpointInspection.Open(folder, device);
        var console = Output.Create();
        console.Write(new CheckpointView(checkpoint.Summary));
        if (prompt is not null)
        {
            var inspected = checkpoint.Inspect(picture, prompt);
            console.Write(new PromptView(inspected));
            if (answerTokens > 0)
            {
                console.WriteLine();
                console.MarkupLineInterpolated($"[bold]answer[/]  {inspected.Answer(answerTokens)}");
            }
        }

        if (experiment is not null)
        {
            // As JSON, which is YAML too: a path may hold anything.
            var read = Experiment.Read(experiment, [$"model={JsonSerializer.Serialize(folder)}", $"capture.device={device}"]);
            console.Write(new PlanView(read.InspectConditions()));
            if (tokens is not null)
            {
                read.WriteTokenSheet(tokens, row);
                console.MarkupLineInterpolated($"[bold]{tokens}[/]");
            }
        }

        return 0;
    }
}
