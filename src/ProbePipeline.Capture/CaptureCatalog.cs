using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Capture.Saving;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture;

/// <summary>The transforms that run a vision-language model. Used one after another on one model, they share its forwards.</summary>
public static class CaptureCatalog
{
    /// <summary>
    /// Captures hidden states: a vector of <c>float</c> a condition and site, in columns such as <c>intact/vision.resid_post.3</c>
    /// (<c>intact/vision.resid_post.3@cls</c> where a site is read with several poolings).
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="model">The model; it must live as long as the data view is read.</param>
    /// <param name="options">Conditions, sites, poolings.</param>
    /// <exception cref="CaptureException">The options name what the model lacks, or poolings that give several vectors a row.</exception>
    public static NetworkEstimator CaptureHiddenStates(this TransformsCatalog catalog, ProbedModel model, HiddenStateOptions options) =>
        Estimator(catalog, HiddenStates(model, options));

    /// <summary>
    /// Scores answers: <c>intact/answer.log_likelihood</c> and <c>intact/answer.log_likelihood_per_token</c>, a vector with a number a choice, in nats,
    /// and <c>intact/answer.choice</c>, the likeliest as a key.
    /// </summary>
    /// <inheritdoc cref="CaptureHiddenStates"/>
    public static NetworkEstimator ScoreAnswers(this TransformsCatalog catalog, ProbedModel model, AnswerOptions options) =>
        Estimator(catalog, Answers(model, options));

    /// <summary>
    /// Reads the region's states by the logit lens at every decoder layer: <c>intact/lens.rank</c>, the rank (0 = best) of the first token of the row's own
    /// label, and <c>intact/lens.other_rank</c>, that of another class's; a vector with a number a layer.
    /// </summary>
    /// <inheritdoc cref="CaptureHiddenStates"/>
    public static NetworkEstimator LensRank(this TransformsCatalog catalog, ProbedModel model, LensOptions options) =>
        Estimator(catalog, Lens(model, options));

    /// <summary>
    /// Lets the model write its answer greedily: <c>intact/answer.generated</c>, a vector with the ids of its tokens, filled up with -1. Read them with
    /// <see cref="ProbedModel.Decode"/>.
    /// </summary>
    /// <inheritdoc cref="CaptureHiddenStates"/>
    public static NetworkEstimator GenerateAnswers(this TransformsCatalog catalog, ProbedModel model, GeneratedAnswerOptions options) =>
        Estimator(catalog, Generated(model, options));

    internal static NetworkTransformer Generated(ProbedModel model, GeneratedAnswerOptions options)
    {
        if (options.MaxNewTokens < 1 || !model.ReadsText || model.Network.Language is null)
        {
            throw new CaptureException($"expected a model that writes text and at least one token to write; found {model.Network.ModelType} and {options.MaxNewTokens}");
        }

        ImmutableArray<NetworkColumn> columns = [.. Require(options.Conditions).Select(condition => new GenerationColumn(condition, options.MaxNewTokens, model.EndTokens))];
        return new NetworkTransformer(model, SavedTransform.Of(model, options), options.Inputs, options.BatchSize, columns);
    }

    internal static NetworkTransformer HiddenStates(ProbedModel model, HiddenStateOptions options)
    {
        foreach (var capture in options.Captures)
        {
            if (!model.Network.HasSite(capture.Site))
            {
                throw new CaptureException($"expected sites of the model, which are: {string.Join(", ", model.Network.Sites)}; found {capture.Site}");
            }

            if (capture.Pooling.Reduction == Reduction.None)
            {
                throw new CaptureException($"{capture}: expected a pooling that gives one vector a row; found one that gives a vector a token");
            }
        }

        ImmutableArray<NetworkColumn> columns =
        [
            .. from condition in Require(options.Conditions)
               from capture in options.Captures.Distinct()
               select new HiddenStateColumn(condition, options.PartOf(capture), capture, model.Network.WidthOf(capture.Site)),
        ];
        return new NetworkTransformer(model, SavedTransform.Of(model, options), options.Inputs, options.BatchSize, columns);
    }

    internal static NetworkTransformer Answers(ProbedModel model, AnswerOptions options)
    {
        var likelihoods = Likelihoods.Of(model, options);
        ImmutableArray<NetworkColumn> columns =
        [
            .. Require(options.Conditions).SelectMany(condition => new NetworkColumn[]
            {
                new LikelihoodColumn(condition, likelihoods, PerToken: false),
                new LikelihoodColumn(condition, likelihoods, PerToken: true),
                new ChoiceColumn(condition, likelihoods, options.LengthNormalized),
            }),
        ];
        return new NetworkTransformer(model, SavedTransform.Of(model, options), options.Inputs, options.BatchSize, columns);
    }

    internal static NetworkTransformer Lens(ProbedModel model, LensOptions options)
    {
        if (options.Inputs.Region is null)
        {
            throw new CaptureException("the logit lens reads the region's tokens, so it needs a region column; found none in the inputs");
        }

        var ranks = LensRanks.Of(model, options);
        ImmutableArray<NetworkColumn> columns =
            [.. Require(options.Conditions).SelectMany(condition => new NetworkColumn[] { new LensColumn(condition, ranks, Other: false), new LensColumn(condition, ranks, Other: true) })];
        return new NetworkTransformer(model, SavedTransform.Of(model, options), options.Inputs, options.BatchSize, columns);
    }

    private static ImmutableArray<CaptureCondition> Require(ImmutableArray<CaptureCondition> conditions)
    {
        var twice = conditions.GroupBy(condition => condition.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        foreach (var (condition, patch) in conditions.SelectMany(condition => condition.Patches.Select(patch => (condition, patch))).Where(pair => !pair.patch.Donor.Patches.IsEmpty))
        {
            throw new CaptureException($"condition '{condition.Name}', {patch}: expected a donor that takes nothing from another condition itself; found one that does");
        }

        return conditions.IsEmpty ? throw new CaptureException("expected at least one condition; found none")
            : twice is null ? conditions : throw new CaptureException($"expected every condition to have a name of its own; found '{twice.Key}' {twice.Count()} times");
    }

    // The catalog's own context is for ML.NET's estimators; nothing here is random or logs.
    private static NetworkEstimator Estimator(TransformsCatalog catalog, NetworkTransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new NetworkEstimator(transformer);
    }
}
