using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Applying;

/// <summary>A probe at its site in a network, under its condition.</summary>
/// <param name="Model">The network with what it reads through.</param>
/// <param name="Probe">The probe.</param>
/// <param name="Capture">Where its vectors are read, and how a row's tokens become one.</param>
/// <param name="Blocks">What its condition cuts.</param>
internal sealed record AppliedProbe(ProbedModel Model, LinearProbe Probe, SiteCapture Capture, ImmutableArray<AttentionBlock> Blocks)
{
    /// <summary>Every patch in the vision tower and every image token behind it, one vector each.</summary>
    private static readonly Pooling EveryPatch = new("image-tokens", TokenSet.Patches, TokenSet.Image, Reduction.None);

    /// <summary>Whether the probe was trained on states of patches or image tokens, so that it can read one by itself.</summary>
    public bool ReadsPatches => Capture.Site.Kind != SiteKind.Pooled && Capture.Pooling.ReadsPatches;

    /// <summary>Whether the condition cuts by region before the site: what is cut in the language model reaches no site of the vision tower or the projector.</summary>
    public bool CutsByRegion => Blocks.Any(block => block.DependsOnRegion && (block.Tower == Tower.Vision || ReadsLanguage));

    /// <summary>Whether the site lies behind the prompt's text.</summary>
    public bool ReadsLanguage => Capture.Site.Tower == Tower.Language && Capture.Site.Kind != SiteKind.Projector;

    /// <summary>The region that a row gets: the one that is marked; the whole picture where pooling needs one and none is.</summary>
    public RegionMask? RegionOf(PictureSize picture, RegionMask? marked) => marked ?? (Capture.Pooling.ReadsRegion ? RegionMask.Create(picture, (_, _) => true) : null);

    /// <summary>A number a class for the row's own tokens, pooled as in training.</summary>
    public ImmutableArray<double> Read(Picture picture, RegionMask? region, string prompt) => [.. Vectors(picture, region, prompt, Capture)[0]];

    /// <summary>A number a class for every patch that shows something of the picture, each read by itself.</summary>
    public ImmutableArray<PatchReading> Map(Picture picture, RegionMask? region, string prompt)
    {
        var probabilities = Vectors(picture, region, prompt, Capture with { Pooling = EveryPatch });
        var footprints = Capture.Site.Tower == Tower.Vision
            ? PatchFootprints.OfPatches(picture.Size, Model.Processor, Model.VisionTokens)
            : PatchFootprints.OfTokens(picture.Size, Model.Processor, Model.VisionTokens);
        return [.. footprints.Select(footprint => new PatchReading(footprint.Place(), [.. probabilities[footprint.Index]]))];
    }

    // [vectors, classes]
    private double[][] Vectors(Picture picture, RegionMask? region, string prompt, SiteCapture capture)
    {
        var features = new FeatureMatrix(Model.States(Model.Read(picture, region, prompt), Blocks, capture), Probe.Weights.Width);
        return Probe.Probabilities(features, [.. Enumerable.Range(0, features.Rows)]);
    }
}
