using System.Collections.Immutable;
using Microsoft.ML;

namespace ProbePipeline.Capture;

/// <summary>A pipeline that was loaded with the models that it runs. It owns the models.</summary>
public sealed class LoadedPipeline : IDisposable
{
    internal LoadedPipeline(ITransformer transformer, ImmutableArray<ProbedModel> models)
    {
        Transformer = transformer;
        Models = models;
    }

    /// <summary>The whole pipeline.</summary>
    public ITransformer Transformer { get; }

    /// <summary>The models that its transforms run.</summary>
    public ImmutableArray<ProbedModel> Models { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in Models)
        {
            model.Dispose();
        }
    }
}
