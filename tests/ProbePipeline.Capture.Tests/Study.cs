using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;

namespace ProbePipeline.Capture.Tests;

/// <summary>The sample model and the study's conditions.</summary>
internal static class Study
{
    private static readonly AttentionBlock VisionCut = new(Tower.Vision, TokenSet.All, TokenSet.All);
    private static readonly AttentionBlock DecoderCut = new(Tower.Language, TokenSet.Image, TokenSet.Image);

    public static ImmutableArray<CaptureCondition> Conditions { get; } =
    [
        CaptureCondition.Intact,
        new("vision-cut", [VisionCut]),
        new("decoder-cut", [DecoderCut]),
        new("both-cut", [VisionCut, DecoderCut]),
        new("region-only", [VisionCut, DecoderCut, new(Tower.Language, TokenSet.Question, TokenSet.Outside)]),
    ];

    /// <summary>The names of the parts, in the order of the reference's labels.</summary>
    public static ImmutableArray<string> Parts { get; } = new Inputs.Datasets.PartScenes(11, 1).Attributes.Single(attribute => attribute.Name == "part").Values;

    public static ProbedModel Load() => ProbedModel.Load(Path.Combine(Repository.Root, "data", "models", "partscenes-llava"));

    /// <summary>The residual stream after every layer of both towers, and the projector.</summary>
    public static ImmutableArray<SiteCapture> Captures(Network network) =>
        [.. network.Sites.Where(site => site.Kind is SiteKind.ResidualPost or SiteKind.Projector).Select(site => new SiteCapture(site, Pooling.RegionMean))];

    public static HiddenStateOptions States(ProbedModel model) => new() { Conditions = Conditions, Captures = Captures(model.Network) };

    public static AnswerOptions Answers() => new() { Conditions = Conditions, Choices = Parts, PromptEnd = "ASSISTANT:" };

    public static LensOptions Lens() => new() { Conditions = Conditions, Labels = Parts, PromptEnd = "ASSISTANT:" };
}
