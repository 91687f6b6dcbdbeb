using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>What probes predict, on which rows, and how sure the figures are.</summary>
/// <param name="Study">The probes.</param>
/// <param name="Differences">Intervals and tests of differences over the test rows.</param>
internal sealed record ProbeTask(ProbeStudy Study, PairedDifferences Differences)
{
    public ClusterBootstrap Bootstrap => Study.Bootstrap;

    public LabeledRows Rows => Study.Rows;

    public SplitSummary Summary => Rows.Summary with { Repeats = 1 + Study.Repeats.Length };

    /// <summary>What parts of the splits lack.</summary>
    public ImmutableArray<string> Remarks =>
        [.. Rows.Gaps, .. Study.Repeats.Index().SelectMany(repeat => repeat.Item.Gaps.Select(gap => string.Create(CultureInfo.InvariantCulture, $"Repeated split {repeat.Index + 2}: {gap}")))];

    /// <param name="options">The experiment.</param>
    /// <param name="dataset">Where its rows are from.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="widestSite">Numbers a row at the widest site.</param>
    /// <param name="without">The rows, by place, that are left out once all of them are split.</param>
    /// <exception cref="ProbeException">The rows do not make a task; the message names the class or the part of the split.</exception>
    public static ProbeTask Of(ExperimentOptions options, IPartDataset dataset, ImmutableArray<ExperimentRow> rows, int widestSite, IReadOnlySet<int> without)
    {
        if (options.Probe is not null)
        {
            RequireRoom(rows.Length, widestSite);
        }

        var probe = options.Probe ?? new ProbeOptions();
        ImmutableArray<int> images = [.. rows.Select(row => row.Image)];
        // A value that no row has is no class: it could be neither learned nor tested.
        ImmutableArray<string> classes = [.. dataset.Attributes.Single(attribute => attribute.Name == options.Target).Values.Intersect(rows.Select(row => row.Label))];
        ImmutableArray<int> labels = [.. rows.Select(row => classes.IndexOf(row.Label))];
        LabeledRows[] repeats = probe.Split.Order == SplitOrder.Given
            ? [new LabeledRows(classes, labels, images, [RowSplit.Given(images, [.. rows.Select(RoleOf)], probe.Split.Validation / (probe.Split.Train + probe.Split.Validation), probe.Split.Seed)])]
            : [.. Enumerable.Range(0, probe.Split.Repeats).Select(repeat => Split(classes, labels, images, probe.Split, repeat))];
        repeats = [.. repeats.Select(repeat => repeat.Without(without))];
        var labeled = repeats[0];
        int[] testImages = [.. labeled.Test.Select(row => labeled.Images[row])];
        var bootstrap = new ClusterBootstrap(testImages, probe.Bootstrap.Count, probe.Bootstrap.Seed);
        return new ProbeTask(
            new ProbeStudy
            {
                Rows = labeled,
                L2 = probe.L2,
                Trainer = TrainerChoice.Of(probe, labeled.Split.Train.Length, widestSite, options.Capture.Device),
                Bootstrap = bootstrap,
                ControlTasks = probe.Control is { } control ? ControlTasks(labeled, rows.Where((_, place) => !without.Contains(place)), control) : [],
                Refit = probe.Refit,
                Repeats = [.. repeats[1..]],
                LearningCurve = probe.LearningCurve is { } curve ? new LearningCurve(curve.Shares, curve.Seed) : null,
                CodeLength = probe.CodeLength is { } code
                    ? new OnlineCode { Shares = code.Shares, Blocks = code.Cut, Seed = code.Order == SplitOrder.Random ? code.Seed : null, Unseen = code.Unseen }
                    : null,
            },
            new PairedDifferences(bootstrap, new SignFlipTest(testImages, probe.Bootstrap.Count, probe.Bootstrap.Seed)));
    }

    /// <summary>That the vectors of a site, which are one array, are not more than there can be.</summary>
    /// <exception cref="ProbeException">They are.</exception>
    public static void RequireRoom(int rows, int width)
    {
        if ((long)rows * width > Array.MaxLength)
        {
            throw new ProbeException(string.Create(
                CultureInfo.InvariantCulture,
                $"probe: expected at most {Array.MaxLength / width} rows where a site has {width} numbers a row, since a site's vectors are held at once; found {rows}; take fewer rows (dataset.select), or capture without a probe (probe: null)"));
        }
    }

    private static LabeledRows Split(ImmutableArray<string> classes, ImmutableArray<int> labels, ImmutableArray<int> images, SplitOptions split, int repeat)
    {
        var seed = split.Order == SplitOrder.Random ? split.Seed + repeat : (long?)null;
        try
        {
            ImmutableArray<RowSplit> folds = split.Folds > 1 ? RowSplit.Folds(images, labels, split.Folds, split.Validation, seed)
                : seed is { } chosen ? [RowSplit.Shuffled(images, chosen, split.Train, split.Validation)]
                : [RowSplit.ByOrder(images, split.Train, split.Validation)];
            return new LabeledRows(classes, labels, images, folds);
        }
        catch (ProbeException error) when (repeat > 0)
        {
            throw new ProbeException(string.Create(CultureInfo.InvariantCulture, $"repeated split with seed {seed}: {error.Message}"), error);
        }
    }

    private static SplitRole RoleOf(ExperimentRow row) => row.Source.Entry.Split switch
    {
        "train" => SplitRole.Train,
        "validation" => SplitRole.Validation,
        "test" => SplitRole.Test,
        _ => throw new ExperimentException($"row {row.Id}: expected the part of the dataset's own split (probe.split.order: given); the dataset does not say; add it, or choose another order"),
    };

    private static ImmutableArray<ImmutableArray<int>> ControlTasks(LabeledRows labeled, IEnumerable<ExperimentRow> rows, ControlOptions control)
    {
        string[] types = [.. rows.Select(row => TypeOf(row, control))];
        return [.. Enumerable.Range(0, control.Seeds).Select(repeat => ControlTask.Labels(labeled, types, control.Seed + repeat))];
    }

    private static string TypeOf(ExperimentRow row, ControlOptions control) => string.Join('\n', control.Type.Select(field => row.Part.Attributes[field]));
}
