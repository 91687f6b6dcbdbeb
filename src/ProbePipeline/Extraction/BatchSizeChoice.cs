using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Rows;
using ProbePipeline.Sharding;

namespace ProbePipeline.Extraction;

/// <summary>
/// The rows a forward where the experiment says <c>batchSize: auto</c>. A run that goes on keeps what it began with, however much memory is free now, and shards what
/// the first of them began with.
/// </summary>
internal static class BatchSizeChoice
{
    public static BatchSizeNote Of(PreparedExperiment experiment)
    {
        IEnumerable<string> begun = [experiment.FeatureFolder, .. ShardFolders.In(experiment.Options.Output).Select(PreparedExperiment.FeaturesIn)];
        if (begun.Where(FeatureStore.Exists).Select(folder => FeatureStore.Open(folder).Manifest.BatchSizes?.FirstOrDefault()).FirstOrDefault(note => note is { IsChosen: true }) is { } before)
        {
            return before;
        }

        var model = experiment.Model;
        var (rows, reason) = BatchSizes.Choose(
            model, experiment.Stages.Conditions.Length, experiment.States.Captures.Length, () => Longest(model, experiment.Rows.Rows));
        return new BatchSizeNote(rows, reason, IsChosen: true);
    }

    /// <summary>The most tokens and tiles that a row has. Every prompt and size of picture is looked at once; on the CPU nobody asks.</summary>
    internal static (int Tokens, int Tiles) Longest(ProbedModel model, ImmutableArray<ExperimentRow> rows)
    {
        var (tokens, tiles) = (0, 0);
        // A mask has the picture's size too, but is decoded whenever it is asked for.
        foreach (var row in rows.DistinctBy(row => (row.Prompt, row.Source.Size)))
        {
            var layout = model.ReadsPictures ? model.Processor.Layout(row.Source.Size, model.VisionTokens) : null;
            tiles = Math.Max(tiles, layout?.TileCount ?? 0);
            tokens = Math.Max(tokens, !model.ReadsText ? 0 : layout is null ? model.Read(row.Picture, null, row.Prompt).TokenIds.Length : model.Encode(row.Prompt, layout).Length);
        }

        return (tokens, tiles);
    }
}
