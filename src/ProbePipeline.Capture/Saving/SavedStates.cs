using System.Collections.Immutable;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Saving;

/// <summary>What is captured, as text.</summary>
internal sealed record SavedStates(ImmutableArray<SavedStates.Place> Captures, InputColumns Inputs, int BatchSize)
{
    public static SavedStates Of(HiddenStateOptions options) =>
        new([.. options.Captures.Select(capture => new Place($"{capture.Site}", $"{capture.Pooling}"))], options.Inputs, options.BatchSize);

    public HiddenStateOptions Restore(ImmutableArray<CaptureCondition> conditions) => new()
    {
        Conditions = conditions,
        Captures = [.. Captures.Select(place => new SiteCapture(SiteText.Parse(place.Site), Pooling.Named(place.Pooling)))],
        Inputs = Inputs,
        BatchSize = BatchSize,
    };

    /// <summary>A site and a pooling.</summary>
    public sealed record Place(string Site, string Pooling);
}
