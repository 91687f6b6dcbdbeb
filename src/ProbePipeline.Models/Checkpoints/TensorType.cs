using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>The element types of the safetensors format that this project reads (huggingface/safetensors 0.6, README, "Format").</summary>
internal static class TensorType
{
    private static readonly Dictionary<string, (ScalarType Type, int Size)> Known = new(StringComparer.Ordinal)
    {
        ["F64"] = (ScalarType.Float64, 8),
        ["F32"] = (ScalarType.Float32, 4),
        ["F16"] = (ScalarType.Float16, 2),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8),
        ["I32"] = (ScalarType.Int32, 4),
        ["I16"] = (ScalarType.Int16, 2),
        ["I8"] = (ScalarType.Int8, 1),
        ["U8"] = (ScalarType.Byte, 1),
        ["BOOL"] = (ScalarType.Bool, 1),
    };

    public static string Names => string.Join(", ", Known.Keys);

    public static (ScalarType Type, int Size)? Find(string name) => Known.TryGetValue(name, out var found) ? found : null;

    public static bool IsFloat(ScalarType type) => type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}
