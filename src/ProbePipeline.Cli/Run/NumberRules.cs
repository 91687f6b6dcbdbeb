using System.CommandLine;

namespace ProbePipeline.Cli.Run;

/// <summary>What numbers on the command line have to be.</summary>
internal static class NumberRules
{
    /// <summary>Refuses what is less than one.</summary>
    /// <param name="option">The option.</param>
    /// <param name="what">What it holds.</param>
    public static void RequireFromOne(this Option<int> option, string what) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{option.Name}: expected {what} from 1.");
        }
    });
}
