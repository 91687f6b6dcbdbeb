using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Columns;

/// <summary>A batch that has gone through the network.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rows">The batch's rows.</param>
/// <param name="Changes">What every condition does to the network, by name, without what is asked of it.</param>
/// <param name="Results">What came out under every condition that was asked for, by name.</param>
/// <param name="Labels">The rows' values in text columns of the input, by name.</param>
/// <param name="States">The pooled states that are read, with the name of their condition.</param>
internal sealed record BatchRun(
    ProbedModel Model, ImmutableArray<PromptRow> Rows, IReadOnlyDictionary<string, ForwardRequest> Changes, IReadOnlyDictionary<string, ForwardResult> Results, IReadOnlyDictionary<string, ImmutableArray<string>> Labels,
    ImmutableArray<(string Condition, SiteCapture Capture)> States)
{
    private readonly Dictionary<object, object> _made = [];

    /// <summary>The pooled states of a capture, [rows, width]. All that are read leave the device together.</summary>
    public float[] StatesOf(string condition, SiteCapture capture) => Once(nameof(StatesOf), () =>
        States.Zip(DeviceStates.Read([.. States.Select(read => Results[read.Condition][read.Capture].Values)])).ToDictionary(read => read.First, read => read.Second))[(condition, capture)];

    /// <summary>What several columns are read from is made once.</summary>
    public T Once<T>(object key, Func<T> make)
        where T : notnull
    {
        if (!_made.TryGetValue(key, out var made))
        {
            _made[key] = made = make();
        }

        return (T)made;
    }
}
