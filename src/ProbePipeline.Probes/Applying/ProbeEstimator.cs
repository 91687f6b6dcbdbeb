using Microsoft.ML;

namespace ProbePipeline.Probes.Applying;

/// <summary>Adds what a fitted probe says. There is nothing to learn.</summary>
public sealed class ProbeEstimator : IEstimator<ProbeTransformer>
{
    private readonly ProbeTransformer _transformer;

    internal ProbeEstimator(ProbeTransformer transformer) => _transformer = transformer;

    /// <summary>The transformer. It refuses an input without the probe's vectors.</summary>
    /// <exception cref="ProbeException">The column is missing or holds no vectors of the probe's width.</exception>
    public ProbeTransformer Fit(IDataView input)
    {
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _transformer.GetOutputShape(inputSchema);
}
