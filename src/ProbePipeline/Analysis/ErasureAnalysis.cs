using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Erasure;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>What probes find at every site under every condition after the target was erased there.</summary>
/// <param name="Study">The study whose target is erased.</param>
/// <param name="Other">Another field of the rows, read before and after; null: none.</param>
/// <param name="Store">The features.</param>
internal sealed record ErasureAnalysis(ProbeStudy Study, (string Field, LabeledRows Rows)? Other, FeatureStore Store)
{
    /// <param name="probes">The probes by condition.</param>
    /// <param name="progress">Is told how many sites are done, of how many.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public ImmutableArray<ErasureResult> Run(ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> probes, Action<int, int> progress, CancellationToken cancellation)
    {
        var check = new ErasureCheck { Study = Study, Other = Other };
        var places = Store.Manifest.Conditions.Where(probes.ContainsKey).SelectMany(condition => probes[condition].Select(outcome => (Condition: condition, Outcome: outcome))).ToArray();
        // Conditions with the same states at a site share their probe there.
        var known = new ConcurrentDictionary<ProbeOutcome, Lazy<ErasureResult>>(ReferenceEqualityComparer.Instance);
        return
        [
            .. SideBySide.Run(
                places,
                place => known.GetOrAdd(place.Outcome, outcome => new(() => check.Run(place.Condition, outcome, Store.States(place.Condition, outcome.Result.Site), cancellation))).Value
                    with { Condition = place.Condition },
                progress,
                cancellation),
        ];
    }

    /// <summary>Another field's classes on the rows of a task.</summary>
    /// <exception cref="ProbeException">The field makes no task of its own on this split.</exception>
    public static LabeledRows RowsOf(string field, LabeledRows task, ImmutableArray<ExperimentRow> rows)
    {
        ImmutableArray<string> values = [.. rows.Select(row => row.Part.Attributes[field])];
        ImmutableArray<string> classes = [.. values.Distinct().Order(StringComparer.Ordinal)];
        try
        {
            return new LabeledRows(classes, [.. values.Select(value => classes.IndexOf(value))], task.Images, task.Folds);
        }
        catch (ProbeException error)
        {
            throw new ProbeException($"probe.erasure.other, {field}: {error.Message}", error);
        }
    }
}
