using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Probes.Applying;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// <see cref="BatchedTrainer"/> in ML.NET pipelines. Columns are taken as they are: a step before it, such as NormalizeMeanVariance, may bring them to
/// one scale. What it has fitted adds the columns <c>Score</c> and <c>PredictedLabel</c>.
/// </summary>
public sealed class BatchedSoftmaxRegressionTrainer : IEstimator<ProbeTransformer>
{
    private readonly BatchedSoftmaxRegressionOptions _options;

    internal BatchedSoftmaxRegressionTrainer(BatchedSoftmaxRegressionOptions options) => _options = options;

    /// <summary>Reads the columns once and fits.</summary>
    /// <exception cref="ProbeException">
    /// A column is missing or of another type, there are no rows or fewer than two classes, a row has no label, or a feature is not finite; the message
    /// names column and row.
    /// </exception>
    public ProbeTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rows = TrainingRows.Read(input, _options.LabelColumnName, _options.FeatureColumnName);
        var problem = new ProbeProblem(rows.Labels, rows.Classes.Length, _options.L2Regularization);
        var trainer = new BatchedTrainer { GapTolerance = _options.GapTolerance, Device = _options.Device };
        var weights = trainer.Fit([new TrainingSet(rows.Features, rows.Labels.Length, [problem])], CancellationToken.None)[0][0];
        return Transformer(new LinearProbe(rows.Classes, AsTheyAre(rows.Width), weights, _options.L2Regularization));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        // A shape knows kinds of columns, not their lengths: any probe adds the same.
        var (zeros, any) = (ImmutableArray.Create(0f), AsTheyAre(1));
        return Transformer(new LinearProbe(["0", "1"], any, new LinearWeights([zeros], zeros), _options.L2Regularization)).GetOutputShape(inputSchema);
    }

    private static Standardization AsTheyAre(int width) => new([.. Enumerable.Repeat(0.0, width)], [.. Enumerable.Repeat(1.0, width)]);

    private ProbeTransformer Transformer(LinearProbe probe) => new(probe, _options.FeatureColumnName, "Score", "PredictedLabel");
}
