using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Probes.Applying;

/// <summary>Loading of pipelines that apply probes; <c>mlContext.Model.Save</c> saves them like any other.</summary>
public static class ProbeModelOperations
{
    /// <summary>Loads a pipeline that <c>mlContext.Model.Save</c> saved.</summary>
    /// <param name="operations">The catalog of model operations.</param>
    /// <param name="path">The saved pipeline.</param>
    /// <param name="inputSchema">The schema of the data that it was fitted on; null where it was not saved.</param>
    /// <exception cref="ProbeException">A probe in it is damaged.</exception>
    public static ITransformer LoadWithProbes(this ModelOperationsCatalog operations, string path, out DataViewSchema? inputSchema) =>
        operations.WithProbes(operations.Load(path, out inputSchema));

    /// <summary>A loaded pipeline with its probes, for one that was loaded in another way, such as with the networks that it runs.</summary>
    /// <param name="operations">The catalog of model operations.</param>
    /// <param name="loaded">What was loaded.</param>
    /// <exception cref="ProbeException">A probe in it is damaged.</exception>
    public static ITransformer WithProbes(this ModelOperationsCatalog operations, ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return loaded is IEnumerable<ITransformer> chain
            ? new TransformerChain<ITransformer>([.. chain.Select(operations.WithProbes)])
            : SavedColumns.In(loaded) ?? loaded;
    }
}
