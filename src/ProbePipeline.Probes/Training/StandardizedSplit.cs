using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Training;

/// <summary>The rows of a split, standardised on those that train: [rows of the part, width] each.</summary>
internal sealed class StandardizedSplit
{
    public StandardizedSplit(FeatureMatrix features, RowSplit split)
        : this(features, split, Standardization.Of(features, split.Train))
    {
    }

    /// <summary>In the units of a standardisation that was found on other features of the same rows.</summary>
    public StandardizedSplit(FeatureMatrix features, RowSplit split, Standardization standardization)
    {
        Standardization = standardization;
        (Train, Validation, Test) = (Standardization.Apply(features, split.Train), Standardization.Apply(features, split.Validation), Standardization.Apply(features, split.Test));
        Split = split;
    }

    public Standardization Standardization { get; }

    public RowSplit Split { get; }

    public float[] Train { get; }

    public float[] Validation { get; }

    public float[] Test { get; }
}
