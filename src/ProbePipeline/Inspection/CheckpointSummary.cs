using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Models;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Inspection;

/// <summary>A checkpoint in words.</summary>
/// <param name="Facts">What it is: a name and what is to be said.</param>
/// <param name="Sites">Its sites, those of all layers together, and the shape of their states before pooling.</param>
public sealed record CheckpointSummary(ImmutableArray<(string Name, string Value)> Facts, ImmutableArray<(string Site, string Shape)> Sites)
{
    internal static CheckpointSummary Of(CheckpointInspection checkpoint) => new([.. FactsOf(checkpoint)], [.. SitesOf(checkpoint.Network)]);

    private static IEnumerable<(string Name, string Value)> FactsOf(CheckpointInspection checkpoint)
    {
        var network = checkpoint.Network;
        yield return ("checkpoint", checkpoint.Folder);
        yield return ("family", network.ModelType);
        yield return ("vision tower", network.Vision is { } vision ? Describe(vision) : "none");
        if (network.FeatureStates.Count > 0)
        {
            yield return ("projector", $"reads hidden state {string.Join(", ", network.FeatureStates.Order())} of the tower{(network.KeepsClassTokens ? ", class token included" : "")}");
        }

        yield return ("language model", network.Language is { } language ? Describe(language) : "none");
        yield return ("parameters", network.Checkpoint.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
        yield return ("stored as", network.TypeName);
        if (network.Vision is not null)
        {
            yield return ("key names", Describe(network.KeyGeneration));
        }

        yield return ("ignored tensors", network.Checkpoint.Ignored.IsEmpty ? "none" : string.Join("; ", network.Checkpoint.Ignored
            .GroupBy(tensor => tensor.Value).Select(group => $"{group.Count()} ({group.Key}), such as {group.Min(tensor => tensor.Key)}")));
        yield return ("picture processor", checkpoint.Processor?.GetType().Name ?? "none");
        yield return ("tokenizer", checkpoint.Tokenizer is { } tokenizer ? $"{tokenizer.VocabularySize} tokens" : "none");
        foreach (var problem in checkpoint.Problems)
        {
            yield return ("note", problem);
        }
    }

    private static IEnumerable<(string Site, string Shape)> SitesOf(Network network)
    {
        // The layers of a kind have one shape, so the first stands for all: "vision.resid_post.0 to .5".
        var kinds = network.Sites.GroupBy(site => (site.Tower, site.Kind)).Select(group => (First: group.First(), Last: group.Last()));
        foreach (var (first, last) in kinds)
        {
            var width = network.WidthOf(first);
            var shape = first.Kind switch
            {
                SiteKind.Projector => $"[image tokens, {width}]",
                SiteKind.Pooled => $"[tiles, {width}]",
                _ => first.Tower == Tower.Vision ? $"[tiles, {(network.Vision!.HasFixedGrid ? network.Vision.TokenCount.ToString(CultureInfo.InvariantCulture) : "patches")}, {width}]" : $"[rows, tokens, {width}]",
            };
            yield return (first == last ? $"{first}" : $"{first} to .{last.Layer}", shape);
        }
    }

    private static string Describe(VisionTowerConfig tower)
    {
        var shape = string.Create(CultureInfo.InvariantCulture, $"{tower.LayerCount} layers, width {tower.HiddenSize}, {tower.HeadCount} heads");
        var tile = tower.HasFixedGrid
            ? string.Create(CultureInfo.InvariantCulture, $"tiles of {tower.ImageSize} px, patches of {tower.PatchSize} px: {tower.PatchCount} patches")
            : string.Create(CultureInfo.InvariantCulture, $"pictures in their own size, patches of {tower.PatchSize} px");
        return $"{shape}, {tile}{(tower.ClassTokenCount > 0 ? " and a class token" : "")}{(tower.RegisterCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", {tower.RegisterCount} registers") : "")}";
    }

    private static string Describe(DecoderConfig decoder)
    {
        var shape = string.Create(
            CultureInfo.InvariantCulture,
            $"{decoder.LayerCount} layers, width {decoder.HiddenSize}, {decoder.HeadCount} heads ({decoder.KeyValueHeadCount} key-value heads) of {decoder.HeadSize}");
        var windows = decoder.LayerWindows.OfType<int>().Distinct().ToArray();
        return $"{shape}, {decoder.VocabularySize} words"
            + (windows.Length > 0 ? $", sliding window {string.Join(", ", windows)}" : "")
            + (decoder.TiesHead ? ", head tied to the embeddings" : "");
    }

    private static string Describe(KeyGeneration generation) => generation switch
    {
        KeyGeneration.Hub => "as hub checkpoints carry them (transformers before 4.52)",
        KeyGeneration.Modules => "module names of transformers 4.52 to 4.57",
        _ => "as transformers 5 writes them",
    };
}
