using Microsoft.ML;

namespace ProbePipeline.Probes.Applying;

/// <summary>Fitted probes in ML.NET pipelines.</summary>
public static class ProbeTransforms
{
    /// <summary>
    /// Applies a probe to a column of vectors, such as <c>intact/language.resid_post.3</c> behind <c>CaptureHiddenStates</c>. Adds <c>Score</c>, the
    /// probabilities of the classes (float, slots named by class), and <c>PredictedLabel</c>, the likeliest class as a key; the names that ML.NET's
    /// evaluators look for.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="probe">The probe; one from a file is <see cref="Saving.SavedProbe.Probe"/>.</param>
    /// <param name="inputColumnName">The vectors, of the width that the probe was fitted on, not standardised.</param>
    /// <param name="scoreColumnName">The column of probabilities.</param>
    /// <param name="predictedLabelColumnName">The column of the likeliest class.</param>
    public static ProbeEstimator ApplyProbe(
        this TransformsCatalog catalog, LinearProbe probe, string inputColumnName = "Features", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ProbeEstimator(new ProbeTransformer(probe, inputColumnName, scoreColumnName, predictedLabelColumnName));
    }
}
