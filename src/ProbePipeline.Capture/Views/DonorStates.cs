using ProbePipeline.Models;
using ProbePipeline.Models.Interventions;

namespace ProbePipeline.Capture.Views;

/// <summary>What conditions take from others, for the rows of one batch. It owns the states.</summary>
internal sealed class DonorStates : IDisposable
{
    private readonly Dictionary<(string Name, InputColumns? Row), ForwardResult> _results = [];

    /// <summary>Runs the donors as deep as their states are needed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="donorRows">The rows beside them that the columns of a patch hold, as many.</param>
    /// <param name="conditions">The conditions that are run on them.</param>
    public static DonorStates Of(Network network, Batch batch, Func<InputColumns, Batch> donorRows, IEnumerable<CaptureCondition> conditions)
    {
        var states = new DonorStates();
        try
        {
            foreach (var beside in conditions.SelectMany(condition => condition.Patches).GroupBy(patch => patch.DonorRow))
            {
                var donors = beside.GroupBy(patch => patch.Donor.Name, StringComparer.Ordinal).ToArray();
                var results = network.Forward(beside.Key is null ? batch : donorRows(beside.Key), [.. donors.Select(patches => new ForwardRequest
                {
                    Blocks = patches.First().Donor.Blocks,
                    Edits = [.. patches.First().Donor.Erasures],
                    Captures = [.. patches.Select(patch => patch.Capture).Distinct()],
                })]);
                foreach (var (donor, result) in donors.Zip(results))
                {
                    states._results[(donor.Key, beside.Key)] = result;
                }
            }

            return states;
        }
        catch
        {
            states.Dispose();
            throw;
        }
    }

    /// <summary>What a condition does to the network, without what is asked of it. Valid as long as these states are.</summary>
    public ForwardRequest Request(CaptureCondition condition) => new()
    {
        Blocks = condition.Blocks,
        Edits =
        [
            .. condition.Patches.Select(patch => new StatePatch(patch.Site, patch.Tokens, _results[(patch.Donor.Name, patch.DonorRow)][patch.Capture]) { Spread = patch.Mean }),
            .. condition.Erasures,
        ],
    };

    public void Dispose()
    {
        foreach (var result in _results.Values)
        {
            result.Dispose();
        }
    }
}
