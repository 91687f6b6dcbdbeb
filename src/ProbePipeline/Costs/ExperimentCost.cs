using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Models.Sites;
using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Costs;

/// <summary>What all forwards of a prepared experiment compute, and what they would without sharing. The few forwards for maps of sample pictures are left out.</summary>
/// <param name="Shared">What is computed.</param>
/// <param name="Unshared">The same with every row under every condition by itself.</param>
/// <param name="Largest">The batch of most tokens.</param>
/// <param name="Ways">How the conditions that can run at once go through the network.</param>
internal sealed record ExperimentCost(ForwardCost Shared, ForwardCost Unshared, ForwardBatch Largest, SharedWays Ways)
{
    public static ExperimentCost Of(PreparedExperiment experiment, CancellationToken cancellation)
    {
        var (model, options, rows) = (experiment.Model, experiment.Options, experiment.Rows.Rows);
        var counts = new BatchCounts(model);
        var batches = counts.Of(rows, options.Capture.ChunkPictures, experiment.States.BatchSize, cancellation);
        var marks = new PassMarks(model.Network, model.Read(rows[0].Picture, model.ReadsPictures ? rows[0].Region : null, rows[0].Prompt));
        var cost = new Sum(NetworkShape.Of(model.Network), batches);
        var scored = experiment.Scored;
        var lens = options.Lens is null ? 0 : model.Network.Language!.LayerCount * experiment.Rows.Regions.MeanTokens;
        var sites = experiment.States.Captures.Select(capture => capture.Site).ToArray();
        var deep = scored is not null || options.Lens is not null;
        var first = experiment.Stages.First.Select(condition => condition.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in experiment.Stages.Conditions.GroupBy(condition => first.Contains(condition.Name)))
        {
            cost.Add([.. stage.Select(condition => marks.Of(condition, sites, deep))], (scored is null ? 0 : 1) + lens);
            // Those that states are taken from go through once more, as deep as these states.
            foreach (var donors in stage.SelectMany(condition => condition.Patches).GroupBy(patch => patch.Rows == PatchRows.Same))
            {
                cost.Add([.. donors.GroupBy(patch => patch.From).Select(patches => marks.Of(
                    experiment.Stages.Conditions.Single(condition => condition.Name == patches.Key) with { Patches = [] }, [.. patches.Select(patch => patch.Site)], answers: false))], 0);
            }
        }

        foreach (var condition in experiment.Stages.Conditions)
        {
            foreach (var length in scored?.Choices.Select(choice => AnswerTokens.Of(model.Tokenizer, scored.PromptEnd, choice).Length).Where(length => length > 1) ?? [])
            {
                cost.Add([marks.Of(condition, [], answers: true)], length - 1, longer: length - 1);
            }

            if (options.Answer is { Generate: > 0 and var tokens })
            {
                cost.Add([marks.Of(condition, [], answers: true)], tokens, steps: tokens - 1);
            }
        }

        var again = experiment.Stages.Conditions[0];
        if (options.Probe is { Baselines.RandomModel: true })
        {
            cost.Add([marks.Of(again, sites, answers: false)], 0);
        }

        if (experiment.Stages.Replacing is { IsEmpty: false } replacing)
        {
            Site[] means = [.. replacing.Select(block => Site.AttentionIn(
                block.Tower, block.Layers.Resolve(block.Tower == Tower.Vision ? model.Network.Vision!.LayerCount : model.Network.Language!.LayerCount).Max()))];
            cost.Add([marks.Of(again, means, answers: false)], 0, share: (double)experiment.Task.Rows.Split.Train.Length / rows.Length);
        }

        if (options.Answer is { Blind: true } or { Score: AnswerScore.Calibrated })
        {
            cost.AddBlind(rows.Select(row => row.Prompt).Distinct(StringComparer.Ordinal).Count(), marks.Of(again, [], answers: true));
        }

        return new ExperimentCost(
            cost.Shared, cost.Unshared, batches.MaxBy(batch => batch.Rows * batch.Length),
            SharedWays.Of([.. experiment.Stages.Conditions.Where(condition => first.Contains(condition.Name)).Select(condition => marks.Of(condition, sites, deep))]));
    }

    /// <summary>Adds up passes over batches.</summary>
    private sealed class Sum(NetworkShape network, ImmutableArray<ForwardBatch> batches)
    {
        public ForwardCost Shared { get; private set; }

        public ForwardCost Unshared { get; private set; }

        /// <param name="conditions">What goes through together.</param>
        /// <param name="headTokens">Tokens a row and condition whose states are read as words.</param>
        /// <param name="longer">Tokens behind the prompt.</param>
        /// <param name="steps">Tokens that are written one by one.</param>
        /// <param name="share">Share of the rows.</param>
        public void Add(IReadOnlyCollection<ConditionMarks> conditions, double headTokens, int longer = 0, int steps = 0, double share = 1)
        {
            var ways = SharedWays.Of(conditions);
            SharedWays[] alone = [.. conditions.Select(condition => SharedWays.Of([condition with { VisionByRow = true }]))];
            foreach (var batch in batches.Select(batch => batch with { Length = batch.Length + longer }))
            {
                var written = Steps(batch, steps);
                Shared += (ForwardCost.Of(network, ways, batch, headTokens * batch.Rows * conditions.Count) + written) * share;
                Unshared += alone.Aggregate(written, (sum, way) => sum + ForwardCost.Of(network, way, batch, headTokens * batch.Rows)) * share;
            }
        }

        /// <summary>Prompts without their picture.</summary>
        public void AddBlind(int prompts, ConditionMarks intact)
        {
            var batch = batches[0] with { Rows = prompts, Pictures = 0, PictureTiles = 0, RowTiles = 0, PictureTokens = 0, RowTokens = 0, Prefix = 0, Length = batches[0].Length - (batches[0].RowTokens / batches[0].Rows) };
            var cost = ForwardCost.Of(network, SharedWays.Of([intact with { Vision = [] }]), batch, prompts);
            (Shared, Unshared) = (Shared + cost, Unshared + cost);
        }

        private ForwardCost Steps(ForwardBatch batch, int steps) => new()
        {
            SuffixOperations = Enumerable.Range(1, steps).Sum(step => batch.Rows * network.Language!.LayerCount * network.Language.LayerOperations(1, batch.Length + step)),
            Tokens = batch.Rows * steps,
        };
    }
}
