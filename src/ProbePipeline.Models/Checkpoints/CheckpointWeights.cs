using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// Weights from a checkpoint's files, mapped into memory: a tensor whose type and device are the wanted ones is used as it lies in the file, and
/// the system reads its pages when they are first needed. Anything else is converted tensor by tensor.
/// </summary>
internal sealed class CheckpointWeights(Checkpoint checkpoint, ScalarType type, Device device) : WeightSource
{
    private readonly Dictionary<(string File, ScalarType Type), Tensor> _mappings = [];
    private readonly Dictionary<string, Tensor> _read = new(StringComparer.Ordinal);

    public override IEnumerable<string> Names => checkpoint.Tensors.Keys;

    public override IReadOnlyList<long>? ShapeOf(string name, long[] wanted) => checkpoint.Tensors.TryGetValue(name, out var stored) ? stored.Shape : null;

    public override string? FaultOf(string name) =>
        TensorType.IsFloat(checkpoint.Tensors[name].Type)
            ? null
            : $"expected floating-point weights, found {checkpoint.Tensors[name].Type}; quantised checkpoints are not read";

    public override Tensor Read(string name, long[] shape)
    {
        if (!_read.TryGetValue(name, out var tensor))
        {
            var stored = checkpoint.Tensors[name];
            using var scope = NewDisposeScope();
            _read[name] = tensor = Mapped(stored).to(type, device).DetachFromDisposeScope();
        }

        return tensor;
    }

    protected override void DisposeTensors()
    {
        foreach (var tensor in _read.Values.Concat(_mappings.Values))
        {
            tensor.Dispose();
        }

        _read.Clear();
        _mappings.Clear();
    }

    private Tensor Mapped(StoredTensor stored)
    {
        long[] shape = [.. stored.Shape];
        var size = stored.ElementCount == 0 ? 1 : stored.ByteCount / stored.ElementCount;
        if (stored.ByteCount == 0)
        {
            return empty(shape, dtype: stored.Type);
        }

        if (stored.Offset % size != 0)
        {
            // The header's length puts the data off its elements' boundary: such a file cannot be mapped.
            return Copied(stored, shape);
        }

        var elements = (stored.Offset + stored.ByteCount) / size;
        if (!_mappings.TryGetValue((stored.File, stored.Type), out var mapping))
        {
            var whole = LengthOf(stored.File) / size;
            RequireSame(stored, whole >= elements);
            _mappings[(stored.File, stored.Type)] = mapping = from_file(stored.File, shared: false, size: whole, dtype: stored.Type).DetachFromDisposeScope();
        }

        RequireSame(stored, mapping.shape[0] >= elements);
        return mapping.narrow(0, stored.Offset / size, stored.ElementCount).view(shape);
    }

    private static Tensor Copied(StoredTensor stored, long[] shape)
    {
        const long Piece = 1 << 27;
        using var file = File.OpenRead(stored.File);
        RequireSame(stored, file.Length >= stored.Offset + stored.ByteCount);
        file.Position = stored.Offset;
        var copy = empty([stored.ElementCount], dtype: stored.Type);
        // A tensor shows at most 2 GB of its bytes at once.
        for (var done = 0L; done < stored.ElementCount; done += Piece)
        {
            using var piece = copy.narrow(0, done, Math.Min(Piece, stored.ElementCount - done));
            file.ReadExactly(piece.bytes);
        }

        return copy.view(shape);
    }

    // Of the file that a link of a hub cache points to; the link itself is short.
    private static long LengthOf(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using var handle = File.OpenHandle(path);
        return RandomAccess.GetLength(handle);
    }

    private static void RequireSame(StoredTensor stored, bool isSame)
    {
        if (!isSame)
        {
            throw new CheckpointException(
                $"{stored.File}: tensor '{stored.Name}' should end at byte {stored.Offset + stored.ByteCount}, but the file has become shorter since it was opened; "
                + "let nothing write to it");
        }
    }
}
