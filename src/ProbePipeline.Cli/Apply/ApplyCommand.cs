using System.CommandLine;
using System.CommandLine.Parsing;
using ProbePipeline.Applying;
using ProbePipeline.Cli.Run;

namespace ProbePipeline.Cli.Apply;

/// <summary><c>probe apply</c>: a saved probe on other pictures.</summary>
internal sealed class ApplyCommand
{
    private const string Description = """
        Applies a probe that a run has saved to other pictures: the same network under the same condition, read at the same site and pooled alike.
        Prints the likeliest classes of every picture; with --maps also says and draws what the probe reads at every patch.

        Examples:
          probe apply reports/partscenes scene.png --region 40,24,16,16 --question "What is the red part?"
          probe apply reports/partscenes scene.png --site vision.resid_post.4 --condition vision-cut --mask mask.png --format csv
          probe apply reports/partscenes scene.png --site vision.resid_post.4 --maps --out maps
        """;

    private readonly Argument<string> _probes = new("PROBES") { Description = "The output folder of a run, or a file of probes." };
    private readonly Argument<string[]> _pictures = new("PICTURE") { Description = "The pictures (JPEG, PNG, WebP, GIF, BMP).", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _site = new("--site") { Description = "Where the probe reads, such as language.resid_post.3; by default where it was best on validation rows." };
    private readonly Option<string?> _condition = new("--condition") { Description = "The condition, under which the network runs, too; by default the run's first." };
    private readonly Option<string?> _model = new("--model") { Description = "The model's folder, where it is no longer the run's; it has to be the same model.", HelpName = "FOLDER" };
    private readonly Option<string?> _question = new("--question") { Description = "What the model is asked, for sites of the language model." };
    private readonly Option<string?> _region = new("--region") { Description = "The part that is read, in pixels; by default the whole picture.", HelpName = "X,Y,WIDTH,HEIGHT" };
    private readonly Option<string?> _mask = new("--mask") { Description = "The part that is read: a picture of the same size, black elsewhere.", HelpName = "FILE" };
    private readonly Option<int?> _maskValue = new("--mask-value") { Description = "Of the mask only the pixels of this value, 1 to 255, as exported datasets number parts.", HelpName = "VALUE" };
    private readonly Option<bool> _maps = new("--maps") { Description = "Read every patch by itself, too, and draw it over the picture." };
    private readonly Option<string[]> _class = new("--class") { Description = "Draw this class's probability instead of every patch's likeliest class; may be given several times.", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write readings.csv, readings.json and the maps.", HelpName = "FOLDER" };
    private readonly Option<string> _format = new("--format") { Description = "How readings are printed: table, csv or json.", DefaultValueFactory = _ => "table" };
    private readonly Option<string> _device = new("--device") { Description = "Where the network runs: auto, cpu or cuda:N.", DefaultValueFactory = _ => "auto" };

    public static Command Create() => new ApplyCommand().Command();

    private Command Command()
    {
        _format.AcceptOnlyFromAmong("table", "csv", "json");
        _maskValue.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > byte.MaxValue)
            {
                result.AddError("--mask-value: expected a number from 1 to 255.");
            }
        });
        var command = new Command("apply", Description) { _probes, _pictures, _site, _condition, _model, _question, _region, _mask, _maskValue, _maps, _class, _out, _format, _device };
        command.Validators.Add(CheckTogether);
        command.SetAction(parsed => Run(Options(parsed), parsed.GetRequiredValue(_format)));
        return command;
    }

    private void CheckTogether(CommandResult result)
    {
        if (result.GetValue(_region) is not null && result.GetValue(_mask) is not null)
        {
            result.AddError("--region and --mask are two ways to say the same; give one.");
        }

        if (result.GetValue(_maskValue) is not null && result.GetValue(_mask) is null)
        {
            result.AddError("--mask-value goes with --mask.");
        }
    }

    private ApplyOptions Options(ParseResult parsed) => new()
    {
        Probes = parsed.GetRequiredValue(_probes),
        Pictures = [.. parsed.GetRequiredValue(_pictures)],
        Site = parsed.GetValue(_site),
        Condition = parsed.GetValue(_condition),
        Model = parsed.GetValue(_model),
        Question = parsed.GetValue(_question),
        Region = parsed.GetValue(_region) is { } rectangle ? RegionChoice.Rectangle(rectangle)
            : parsed.GetValue(_mask) is { } mask ? RegionChoice.Mask(mask, parsed.GetValue(_maskValue))
            : RegionChoice.WholePicture,
        Maps = parsed.GetValue(_maps),
        MapClasses = [.. parsed.GetRequiredValue(_class)],
        Output = parsed.GetValue(_out),
        Device = parsed.GetRequiredValue(_device),
    };

    private static int Run(ApplyOptions options, string format)
    {
        var application = new ProbeApplication(options);
        var console = Output.Create();
        return Work.Do(
            cancellation =>
            {
                // Where a program reads along, nothing but the readings is printed.
                var outcome = format == "table" && options.Pictures.Length > 1 && Output.ShowsBars(console)
                    ? ProgressBars.Show(console, progress => application.Run(progress, cancellation))
                    : application.Run(progress: null, cancellation);
                if (format == "table")
                {
                    console.Write(new ReadingView(outcome));
                }
                else
                {
                    Console.Out.Write(format == "csv" ? outcome.ToCsv() : outcome.ToJson());
                }

                return 0;
            },
            "stopped; the same command begins anew");
    }
}
