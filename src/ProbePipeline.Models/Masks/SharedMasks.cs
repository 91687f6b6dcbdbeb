namespace ProbePipeline.Models.Masks;

/// <summary>Masks of one tower over the same sequences, made once for all conditions that cut the same in some layer. It owns them.</summary>
internal sealed class SharedMasks : IDisposable
{
    /// <summary>By what is cut or replaced.</summary>
    public Dictionary<string, MaskedLayer> Made { get; } = [];

    public void Dispose()
    {
        foreach (var mask in Made.Values)
        {
            mask.Dispose();
        }
    }
}
