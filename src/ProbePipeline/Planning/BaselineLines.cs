using System.Globalization;
using ProbePipeline.Options;

namespace ProbePipeline.Planning;

/// <summary>What baselines add to a run, in lines of its plan.</summary>
internal static class BaselineLines
{
    /// <param name="options">The experiment.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sites">Number of sites.</param>
    public static IEnumerable<(string What, string Value)> Of(ExperimentOptions options, int rows, int sites)
    {
        if (options.Probe?.Baselines is not { } baselines)
        {
            yield break;
        }

        if (!baselines.OtherLabels.IsEmpty)
        {
            yield return ("other labels", $"a probe on {string.Join(", ", baselines.OtherLabels)} of every row");
        }

        if (baselines.RandomFeatures)
        {
            yield return ("random features", "a probe for every width of the sites");
        }

        if (baselines.RandomModel)
        {
            yield return ("random model", string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} rows through the same architecture with random weights under {options.Conditions[0].Name}, a probe at each of {sites} sites; its weights take as much memory as the checkpoint, while the model's own are not loaded"));
        }
    }
}
