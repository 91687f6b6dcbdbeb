using Spectre.Console;

namespace ProbePipeline.Cli.Run;

/// <summary>Progress on a terminal: a bar a stage with rate and time left.</summary>
/// <param name="context">The bars.</param>
/// <param name="notice">Writes what the user should know at once.</param>
internal sealed class ProgressBars(ProgressContext context, Action<string> notice) : IProgress<RunProgress>
{
    private readonly Dictionary<string, ProgressTask> _stages = [];

    /// <summary>Runs work under the bars. On a terminal its notices come above them, where standard error would write into them.</summary>
    public static T Show<T>(IAnsiConsole console, Func<IProgress<RunProgress>, T> work) => Show(console, work, Console.IsErrorRedirected ? Console.Error.WriteLine : console.WriteLine);

    internal static T Show<T>(IAnsiConsole console, Func<IProgress<RunProgress>, T> work, Action<string> notice) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn())
        .Start(context => work(new ProgressBars(context, notice)));

    public void Report(RunProgress value)
    {
        lock (_stages)
        {
            if (value.Notice is not null)
            {
                notice(value.Notice);
                return;
            }

            if (!_stages.TryGetValue(value.Stage, out var task))
            {
                _stages[value.Stage] = task = context.AddTask($"{Markup.Escape(value.Stage)} ({value.Unit})", maxValue: Math.Max(1, value.Total));
            }

            task.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
