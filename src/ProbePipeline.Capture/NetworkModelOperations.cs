using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Saving;

namespace ProbePipeline.Capture;

/// <summary>Loading of pipelines that hold transforms of this library; <c>mlContext.Model.Save</c> saves them like any other.</summary>
public static class NetworkModelOperations
{
    /// <summary>Loads a pipeline that <c>mlContext.Model.Save</c> saved, and opens the checkpoints that its transforms run.</summary>
    /// <param name="operations">The catalog of model operations.</param>
    /// <param name="path">The saved pipeline.</param>
    /// <param name="inputSchema">The schema of the data that it was fitted on; null where it was not saved.</param>
    /// <returns>The pipeline with its networks; dispose it when its data views have been read.</returns>
    /// <exception cref="CaptureException">A checkpoint does not fit the pipeline any more.</exception>
    /// <exception cref="Models.Checkpoints.CheckpointException">A checkpoint is not usable.</exception>
    public static LoadedPipeline LoadWithNetworks(this ModelOperationsCatalog operations, string path, out DataViewSchema? inputSchema)
    {
        var models = new Dictionary<SavedModel, ProbedModel>();
        try
        {
            return new LoadedPipeline(Swap(operations.Load(path, out inputSchema), models), [.. models.Values]);
        }
        catch
        {
            foreach (var model in models.Values)
            {
                model.Dispose();
            }

            throw;
        }
    }

    private static ITransformer Swap(ITransformer loaded, Dictionary<SavedModel, ProbedModel> models)
    {
        if (loaded is IEnumerable<ITransformer> chain)
        {
            return new TransformerChain<ITransformer>([.. chain.Select(part => Swap(part, models))]);
        }

        if (SavedTransform.In(loaded) is not { } saved)
        {
            return loaded;
        }

        if (!models.TryGetValue(saved.Model, out var model))
        {
            models[saved.Model] = model = saved.Model.Load();
        }

        return saved.Restore(model);
    }
}
