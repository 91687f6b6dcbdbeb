using Spectre.Console;

namespace ProbePipeline.Cli.Run;

/// <summary>Progress on a terminal: a bar a stage with rate and time left.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<RunProgress>
{
    private readonly Dictionary<string, ProgressTask> _stages = [];

    /// <summary>Runs work under the bars.</summary>
    public static T Show<T>(IAnsiConsole console, Func<IProgress<RunProgress>, T> work) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn())
        .Start(context => work(new ProgressBars(context)));

    public void Report(RunProgress value)
    {
        lock (_stages)
        {
            if (value.Notice is { } notice)
            {
                Console.Error.WriteLine(notice);
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
