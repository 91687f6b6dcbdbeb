using ProbePipeline.Features;
using ProbePipeline.Probes;

namespace ProbePipeline.Extraction;

/// <summary>Stored features as probes read them.</summary>
internal static class StoredStates
{
    /// <summary>A site's states under a condition, a vector a row.</summary>
    /// <exception cref="ProbeException">A number is not finite; the message names condition, site, row and column.</exception>
    public static FeatureMatrix States(this FeatureStore store, string condition, string site) => store.States(condition, site, store.Read<float>(condition, site));

    /// <param name="store">The store.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="site">The site.</param>
    /// <param name="values">The numbers, read already.</param>
    /// <inheritdoc cref="States(FeatureStore, string, string)"/>
    public static FeatureMatrix States(this FeatureStore store, string condition, string site, float[] values)
    {
        try
        {
            return new FeatureMatrix(values, store.Manifest.Column(site).Width);
        }
        catch (ProbeException error)
        {
            throw new ProbeException(
                $"{condition}, {site}{store.RowOf(site, values)}: {error.Message}; {NotFiniteStates.WhatToDo}", error);
        }
    }

    // The row as the dataset names it, where one of its numbers is not finite.
    private static string RowOf(this FeatureStore store, string site, float[] values) =>
        values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var odd ? $", {store.Rows[odd / store.Manifest.Column(site).Width].Id}" : "";
}
