using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Reports.Maps;
using ProbePipeline.Rows;

namespace ProbePipeline.Applying;

/// <summary>The maps of a picture: where a model sees it as an overview and in tiles, each of the two by itself.</summary>
internal static class PatchMaps
{
    /// <param name="title">What is said above.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="region">What is outlined; null: nothing.</param>
    /// <param name="saved">The probe.</param>
    /// <param name="patches">What it says of every patch.</param>
    /// <param name="classes">The classes to draw; none: every patch's likeliest.</param>
    /// <returns>The maps with names for their files: <c>map</c>, <c>map-wheel</c>, <c>map-overview</c>, <c>map-tiles-wheel</c>.</returns>
    public static IEnumerable<(string Name, PatchMap Map)> Of(
        string title, Picture picture, RegionMask? region, SavedProbe saved, ImmutableArray<PatchReading> patches, ImmutableArray<string> classes)
    {
        ImmutableArray<byte> png = region is null ? [.. PictureEncoder.EncodePng(picture)] : SamplePicture.Png(picture, region);
        var tiled = patches.Any(patch => patch.Place.Tile > 0);
        foreach (var view in patches.GroupBy(patch => !tiled ? "map" : patch.Place.Tile == 0 ? "map-overview" : "map-tiles"))
        {
            foreach (var one in classes.IsEmpty ? [null] : classes.Cast<string?>())
            {
                yield return (one is null ? view.Key : $"{view.Key}-{string.Concat(one.Split(Path.GetInvalidFileNameChars()))}", new PatchMap
                {
                    Title = title,
                    Subtitle = $"{saved.Card.Condition}, probe at {saved.Card.Site}{(tiled ? view.Key == "map-tiles" ? ", tiles" : ", overview" : "")}",
                    Picture = png,
                    Classes = saved.Probe.Classes,
                    Patches = [.. view.Select(patch => one is null ? patch.Likeliest : patch.Of(saved.Probe.Classes.IndexOf(one)))],
                    Class = one,
                });
            }
        }
    }
}
