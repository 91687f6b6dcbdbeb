using System.Globalization;
using Spectre.Console;

namespace ProbePipeline.Cli.Run;

/// <summary>Progress where nobody watches: a line when a stage begins, and one for every tenth of it.</summary>
internal sealed class ProgressLines(IAnsiConsole console) : IProgress<RunProgress>
{
    private readonly Lock _lock = new();
    private string? _stage;
    private int _tenths;

    public void Report(RunProgress value)
    {
        lock (_lock)
        {
            if (value.Notice is { } notice)
            {
                Console.Error.WriteLine(notice);
                return;
            }

            if (value.Stage != _stage)
            {
                (_stage, _tenths) = (value.Stage, 0);
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Total} {value.Unit}"));
            }

            var tenths = value.Total == 0 ? 10 : (int)(10L * value.Done / value.Total);
            if (tenths > _tenths)
            {
                _tenths = tenths;
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value.Done} of {value.Total} {value.Unit}"));
            }
        }
    }
}
