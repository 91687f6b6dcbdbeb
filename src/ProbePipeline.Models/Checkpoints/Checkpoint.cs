using System.Collections.Immutable;
using System.Text.Json;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// The tensors of a checkpoint folder: one safetensors file, or several with an index. Only headers are read here; pickled files (.bin, .pth)
/// can run code when they are loaded and are never opened.
/// </summary>
internal sealed class Checkpoint
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    private readonly Dictionary<string, StoredTensor> _tensors;

    private Checkpoint(string folder, IEnumerable<string> files)
    {
        Folder = folder;
        Files = [.. files];
        _tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var tensor in Files.SelectMany(file => SafetensorsHeader.Read(file)))
        {
            if (!_tensors.TryAdd(tensor.Name, tensor))
            {
                throw new CheckpointException($"{tensor.File}: tensor '{tensor.Name}' is also in {_tensors[tensor.Name].File}; a checkpoint holds each tensor once");
            }
        }
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The safetensors files.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>Every tensor, by its name.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Bytes of all tensors.</summary>
    public long ByteCount => _tensors.Values.Sum(tensor => tensor.ByteCount);

    /// <summary>The floating-point type that most bytes of the weights have.</summary>
    /// <exception cref="CheckpointException">There is no floating-point tensor.</exception>
    public ScalarType DominantType => _tensors.Values.Where(tensor => TensorType.IsFloat(tensor.Type)).GroupBy(tensor => tensor.Type)
        .MaxBy(group => group.Sum(tensor => tensor.ByteCount))?.Key ?? throw new CheckpointException($"{Folder} holds no floating-point tensor, so no weights");

    /// <summary>Opens a folder.</summary>
    /// <exception cref="CheckpointException">The folder, or one of its files, is not usable.</exception>
    public static Checkpoint Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CheckpointException($"{folder} is no folder; give the folder that holds config.json and the safetensors files");
        }

        // The single file wins over an index beside it, as in transformers 5.23 (modeling_utils.py).
        var index = Path.Combine(folder, IndexFile);
        return File.Exists(index) && !File.Exists(Path.Combine(folder, SingleFile)) ? OpenShards(folder, index) : new Checkpoint(folder, [FindSingleFile(folder)]);
    }

    private static string FindSingleFile(string folder)
    {
        var files = Directory.GetFiles(folder, "*.safetensors").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToArray();
        if (files.Contains(SingleFile) || files.Length == 1)
        {
            return CheckpointFolder.File(folder, files.Contains(SingleFile) ? SingleFile : files[0], folder);
        }

        if (files.Length > 1)
        {
            throw new CheckpointException($"{folder} holds {files.Length} safetensors files but neither {SingleFile} nor {IndexFile}, which says what is where; download the checkpoint again");
        }

        var pickled = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
            .FirstOrDefault(PickledFiles.Holds);
        throw new CheckpointException(pickled is null
            ? $"{folder} holds no safetensors file; give the folder that holds config.json and {SingleFile}"
            : $"{folder} holds {pickled} but no safetensors file. {PickledFiles.Advice}");
    }

    private static Checkpoint OpenShards(string folder, string index)
    {
        var map = JsonFile.Read(index).TryGetProperty("weight_map", out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject().ToDictionary(entry => entry.Name, entry => ConfigReader.Of(found, index).RequiredString(entry.Name), StringComparer.Ordinal)
            : [];
        if (map.Count == 0)
        {
            throw new CheckpointException($"{index}: weight_map: expected an object that names the file of every tensor");
        }

        var files = map.Values.Distinct().Order(StringComparer.Ordinal).ToDictionary(name => name, name => CheckpointFolder.File(folder, name, index));
        var checkpoint = new Checkpoint(folder, files.Values);
        foreach (var (tensor, name) in map)
        {
            if (!checkpoint._tensors.TryGetValue(tensor, out var stored) || stored.File != files[name])
            {
                throw new CheckpointException($"{files[name]} does not hold tensor '{tensor}', though {index} says so; download the checkpoint again");
            }
        }

        return checkpoint;
    }
}
