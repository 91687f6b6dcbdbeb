using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Extraction;

/// <summary>
/// The means that conditions put in place of keys and values: of the first condition's attention inputs, over the training rows, each row by the mean of its own
/// tokens. They lie beside the features as erasers do, with the hash of what they were made of.
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features.</param>
internal sealed record FittedMeans(PreparedExperiment Experiment, FeatureStore Store)
{
    /// <summary>Whether what is missing is fitted, rather than refused.</summary>
    public bool MayFit { get; init; } = true;

    private readonly Dictionary<(Tower Tower, string To), StoredMeans> _known = [];

    private ImmutableArray<int> Train => Experiment.Task.Rows.Split.Train;

    private string First => Store.Manifest.Conditions[0];

    /// <summary>Finds the means of all blocks that the conditions need them for: those of an earlier run, and the others by one more pass over the training rows.</summary>
    /// <param name="progress">Is told the rows that are finished.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="FeatureStoreException">Means that the features were made with are of something else.</exception>
    public void Fit(Action<int> progress, CancellationToken cancellation)
    {
        var missing = new List<Wanted>();
        foreach (var wanted in Experiment.Stages.Replacing.GroupBy(Key).Select(Want))
        {
            if (FittedFile.Read<StoredMeans>(wanted.Path, "means of keys") is not { } stored)
            {
                missing.Add(MayFit ? wanted : throw FittedFile.NotFitted(wanted.Path, "means of keys"));
            }
            else if (stored.FittedOn == wanted.FittedOn)
            {
                _known[wanted.Key] = stored;
            }
            else
            {
                throw FittedFile.FittedOnOthers(wanted.Path, "means that were taken", "other rows, tokens or layers");
            }
        }

        foreach (var (wanted, sums) in missing.Count == 0 ? [] : Sums(missing, progress, cancellation))
        {
            _known[wanted.Key] = StoredMeans.Of(wanted.FittedOn, Train.Length, wanted.Layers.Zip(sums));
            FittedFile.Write(wanted.Path, _known[wanted.Key]);
        }
    }

    /// <summary>The means of a block, once they are found.</summary>
    public KeyMeans Of(AttentionBlock block) => _known[Key(block)].Means;

    /// <summary>The means in words: what they are of, and their hash.</summary>
    public string Describe(AttentionBlock block) => FormattableString.Invariant(
        $"{TowerText.Write(block.Tower)} keys and values of {TokenSetText.Write(block.To)}: means over {_known[Key(block)].Rows} training rows of {First}, SHA-256 {Of(block).Hash[..12]}");

    private static (Tower Tower, string To) Key(AttentionBlock block) => (block.Tower, TokenSetText.Write(block.To));

    private Wanted Want(IGrouping<(Tower Tower, string To), AttentionBlock> blocks)
    {
        var network = Experiment.Model.Network;
        var count = blocks.Key.Tower == Tower.Vision ? network.Vision!.LayerCount : network.Language!.LayerCount;
        ImmutableArray<int> layers = [.. blocks.SelectMany(block => block.Layers.Resolve(count)).Distinct().Order()];
        var text = new StringBuilder(FormattableString.Invariant($"{TowerText.Write(blocks.Key.Tower)} {blocks.Key.To} {string.Join(' ', layers)}\n"));
        foreach (var (name, value) in Store.Manifest.Inputs)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        text.AppendJoin('\n', Train.Select(row => Experiment.Rows.Rows[row].Id));
        return new Wanted(
            blocks.Key,
            blocks.First().To,
            layers,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))),
            Path.Combine(Experiment.FeatureFolder, $"means-{TowerText.Write(blocks.Key.Tower)}-{blocks.Key.To}.json"));
    }

    private IEnumerable<(Wanted Wanted, double[][] Sums)> Sums(IReadOnlyCollection<Wanted> wanted, Action<int> progress, CancellationToken cancellation)
    {
        var states = Experiment.States with { Conditions = [Experiment.Stages.First[0]], Captures = [.. wanted.SelectMany(one => one.Captures)] };
        var rows = Experiment.Extraction.Rows(Train.Select(row => Experiment.Rows.Rows[row]));
        var view = new MLContext().Transforms.CaptureHiddenStates(Experiment.Model, states).Fit(rows).Transform(rows);
        DataViewSchema.Column[] columns = [.. states.Captures.Select(capture => view.Schema[states.Conditions[0].ColumnName(states.PartOf(capture))])];
        double[][] sums = [.. columns.Select(column => new double[((VectorDataViewType)column.Type).Size])];
        using var cursor = view.GetRowCursor(columns);
        ValueGetter<VBuffer<float>>[] getters = [.. columns.Select(column => cursor.GetGetter<VBuffer<float>>(column))];
        var read = default(VBuffer<float>);
        for (var done = 1; cursor.MoveNext(); done++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (getter, sum) in getters.Zip(sums))
            {
                getter(ref read);
                if (FeatureValues.FirstNotFinite(read.GetValues()) >= 0)
                {
                    throw new CaptureException(
                        $"{First}, row {Experiment.Rows.Rows[Train[done - 1]].Id}: expected finite attention inputs to take means of; found NaN or infinity; {NotFiniteStates.WhatToDo}");
                }

                foreach (var (index, number) in read.DenseValues().Index())
                {
                    sum[index] += number;
                }
            }

            progress(done);
        }

        var first = 0;
        foreach (var one in wanted)
        {
            yield return (one, sums[first..(first += one.Layers.Length)]);
        }
    }

    /// <summary>Means of one token set in some layers of a tower.</summary>
    private sealed record Wanted((Tower Tower, string To) Key, TokenSet To, ImmutableArray<int> Layers, string FittedOn, string Path)
    {
        public IEnumerable<SiteCapture> Captures => Layers.Select(layer => KeyMeans.CaptureOf(Key.Tower, layer, To));
    }
}
