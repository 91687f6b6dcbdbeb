using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>How many a second since the stage began, and how long the rest takes at that rate. Progress comes in chunks, so shorter spans tell nothing.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        if (task.IsFinished || task.Value <= 0 || task.ElapsedTime is not { TotalSeconds: > 1 } elapsed)
        {
            return Text.Empty;
        }

        var rate = task.Value / elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds((task.MaxValue - task.Value) / rate);
        return new Text(string.Create(CultureInfo.InvariantCulture, $"{rate:0.#}/s, {left:h\\:mm\\:ss} left"));
    }
}
