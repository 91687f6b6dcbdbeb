using ProbePipeline.Cli.Run;
using Spectre.Console;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What a run has to say at once goes to standard error, whichever way progress is shown; no machine runs out of memory on demand.</summary>
// Alone: standard error is the process's.
[Collection(nameof(NoticeTests))]
[CollectionDefinition(nameof(NoticeTests), DisableParallelization = true)]
public sealed class NoticeTests : IDisposable
{
    private static readonly RunProgress Notice = new("notice", 0, 0, "") { Notice = "out of memory on cpu with 32 rows a forward; going on with 16" };

    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _error = new();
    private readonly StringWriter _output = new();

    public NoticeTests() => Console.SetError(_error);

    private IAnsiConsole Terminal => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_output) });

    public void Dispose()
    {
        Console.SetError(_before);
        _error.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Report_NoticeAmongLines_IsALineOnStandardErrorAlone()
    {
        var progress = new ProgressLines(Terminal);
        progress.Report(new RunProgress("forwards", 0, 60, "rows"));
        progress.Report(Notice);
        progress.Report(new RunProgress("forwards", 30, 60, "rows"));
        Assert.Equal($"{Notice.Notice}{Environment.NewLine}", _error.ToString());
        Assert.Equal(["forwards: 60 rows", "  30 of 60 rows"], _output.ToString().TrimEnd().Split('\n'));
    }

    // Tests have no terminal, so standard error is redirected here.
    [Fact]
    public void Report_NoticeAmongBars_IsALineOnStandardErrorAlone()
    {
        ProgressBars.Show(Terminal, ReportNotice);
        Assert.Equal($"{Notice.Notice}{Environment.NewLine}", _error.ToString());
        Assert.DoesNotContain("notice", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_NoticeAmongBarsOfATerminal_IsALineAmongTheirsAndNotWithinThem()
    {
        ProgressBars.Show(Terminal, ReportNotice, Terminal.WriteLine);
        Assert.Equal("", _error.ToString());
        Assert.Contains(Notice.Notice!, _output.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static bool ReportNotice(IProgress<RunProgress> progress)
    {
        progress.Report(new RunProgress("forwards", 0, 60, "rows"));
        progress.Report(Notice);
        return true;
    }
}
