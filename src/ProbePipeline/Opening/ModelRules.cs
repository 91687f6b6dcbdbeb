using ProbePipeline.Capture;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Opening;

/// <summary>What an experiment may ask of the model that it names: said before anything runs.</summary>
internal static class ModelRules
{
    /// <exception cref="ExperimentException">The model has no text, no pictures or no such site, and the experiment needs it.</exception>
    public static void Require(ExperimentOptions options, ProbedModel model)
    {
        RequirePictures(options, model);
        if (options.Answer is not null && !model.ReadsText)
        {
            throw new ExperimentException($"answer: {options.Model} is a {model.Network.ModelType} network, which reads no text and gives no answers; leave out answer and lens, and name sites of the vision tower alone");
        }

        RequireChangedSites(options, model.Network);
    }

    // A language model by itself has no tokens for what pictures are needed for.
    private static void RequirePictures(ExperimentOptions options, ProbedModel model)
    {
        if (model.ReadsPictures)
        {
            return;
        }

        var what = $"{options.Model} is a {model.Network.ModelType} network, which sees no pictures";
        if (options.Answer is { Blind: true })
        {
            throw new ExperimentException($"answer.blind: {what}: all its answers are given without one; leave out blind");
        }

        if (options.Answer is { Score: AnswerScore.Calibrated })
        {
            throw new ExperimentException($"answer.score: {what}, so there is nothing to calibrate by; expected another score");
        }

        if (options.Lens is not null)
        {
            throw new ExperimentException($"lens: {what}, so there are no tokens of a region to read; leave out lens");
        }

        if (options.Capture.Pooling.FirstOrDefault(pooling => !pooling.ReadsText) is { } pooling)
        {
            throw new ExperimentException(
                $"capture.pooling: {what}, so there are no tokens for {pooling}; expected {string.Join(" or ", CaptureOptions.Poolings.Where(known => known.ReadsText))}");
        }
    }

    private static void RequireChangedSites(ExperimentOptions options, Network network)
    {
        foreach (var condition in options.Conditions)
        {
            IEnumerable<(string Change, Site Site)> changes =
                [.. condition.Patches.Select(patch => ("patches", patch.Site)), .. condition.Erasures.Select(erasure => ("erases at", erasure.Site))];
            foreach (var (change, site) in changes.Where(change => !network.HasSite(change.Site)))
            {
                throw new ExperimentException($"conditions.{condition.Name}: {change} {site}, expected a site of the model, which has: {string.Join(", ", network.Sites)}");
            }
        }
    }
}
