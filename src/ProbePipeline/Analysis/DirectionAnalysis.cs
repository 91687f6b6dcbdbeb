using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Directions;
using ProbePipeline.Probes.Erasure;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>Directions of the target at chosen sites, written to a file for every site and condition.</summary>
/// <param name="Task">What probes predict.</param>
/// <param name="Target">The field that it is.</param>
/// <param name="Store">The features.</param>
internal sealed record DirectionAnalysis(ProbeTask Task, string Target, FeatureStore Store)
{
    private const string Folder = "directions";

    // A direction is one probe's: of several folds, the first one's.
    private ProbeStudy Study { get; } = Task.Study.FirstFold;

    /// <param name="conditions">The conditions.</param>
    /// <param name="sites">The sites.</param>
    /// <param name="iterations">How many probes have their directions taken away at most.</param>
    /// <param name="output">The folder of the results.</param>
    /// <param name="progress">Is told how many files are written, of how many.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public ImmutableArray<DirectionResult> Run(ImmutableArray<string> conditions, ImmutableArray<string> sites, int iterations, string output, Action<int, int> progress, CancellationToken cancellation)
    {
        var places = conditions.SelectMany(condition => sites.Select(site => (Condition: condition, Site: site))).ToArray();
        return [.. SideBySide.Run(places, place => Write(place.Condition, place.Site, iterations, output, cancellation), progress, cancellation)];
    }

    private DirectionResult Write(string condition, string site, int iterations, string output, CancellationToken cancellation)
    {
        var states = Store.States(condition, site);
        var nullspace = new NullspaceProjection(Study, iterations).Run(states, cancellation);
        var (train, classes, width) = (Study.Rows.Split.Train, Study.Rows.Classes.Length, states.Width);
        var eraser = Leace.Fit(states, train, Study.Rows.Labels, classes);
        var file = $"{Folder}/{condition}.{site}.safetensors";
        TensorFile.Write(
            Path.Combine(output, file),
            new OrderedDictionary<string, string>
            {
                ["condition"] = condition,
                ["site"] = site,
                ["target"] = Target,
                ["classes"] = JsonSerializer.Serialize(Study.Rows.Classes),
                ["rows"] = Task.Rows.Folds.Length == 1 ? "the training rows of the experiment" : "the training rows of the first fold of the experiment",
                ["mean_difference"] = "[class, width]: the class's mean less the mean of all rows, in the units of the states",
                ["leace"] = "x - left right (x - mean), in the units of the states",
                ["nullspace"] = "[direction, width]: orthonormal in standardised units, (x - standardization.mean) / standardization.deviation; found_in: the probe that read it, from 0",
            },
            [
                Tensor("mean_difference", [classes, width], MeanDifference.Of(states, train, Study.Rows.Labels, classes)),
                Tensor("leace.mean", [width], eraser.Mean),
                Tensor("leace.left", [width, eraser.Rank], eraser.Left),
                Tensor("leace.right", [eraser.Rank, width], eraser.Right),
                Tensor("nullspace", [nullspace.FoundIn.Length, width], nullspace.Directions),
                Tensor("nullspace.found_in", [nullspace.FoundIn.Length], nullspace.FoundIn.Select(probe => (float)probe)),
                Tensor("standardization.mean", [width], nullspace.Standardization.Mean.Select(value => (float)value)),
                Tensor("standardization.deviation", [width], nullspace.Standardization.Deviation.Select(value => (float)value)),
            ]);
        return new DirectionResult(condition, site, file, nullspace.Steps);
    }

    private static NamedTensor Tensor(string name, ImmutableArray<int> shape, IEnumerable<float> values) => new(name, shape, values.ToArray());
}
