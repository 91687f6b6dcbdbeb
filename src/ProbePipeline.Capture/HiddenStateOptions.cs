using System.Collections.Immutable;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture;

/// <summary>Which hidden states to capture.</summary>
public sealed record HiddenStateOptions
{
    /// <summary>The conditions, all at once: what they share is computed once.</summary>
    public ImmutableArray<CaptureCondition> Conditions { get; init; } = [CaptureCondition.Intact];

    /// <summary>Where states are read, and how a row's tokens become one vector.</summary>
    public required ImmutableArray<SiteCapture> Captures { get; init; }

    /// <summary>The columns that the network reads.</summary>
    public InputColumns Inputs { get; init; } = new();

    /// <summary>What the columns of a capture are named by, behind their condition: the site, with the pooling where the site is read with several.</summary>
    public string PartOf(SiteCapture capture) => Captures.Any(other => other.Site == capture.Site && other.Pooling != capture.Pooling)
        ? $"{capture.Site}@{capture.Pooling}"
        : $"{capture.Site}";

    /// <summary>Rows that go through the network together.</summary>
    public int BatchSize { get; init; } = BatchSizes.Default;
}
