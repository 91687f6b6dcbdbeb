using System.Text.Json;
using System.Text.Unicode;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>JSON from a checkpoint folder, which may be anybody's: bounded in size and depth, a key at most once.</summary>
internal static class JsonFile
{
    private const int LargestFile = 64 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The object that a file holds.</summary>
    /// <exception cref="CheckpointException">There is no such file, it is too large, or it holds no JSON object.</exception>
    public static JsonElement Read(string path)
    {
        try
        {
            // Of the file that a link points to; the link itself is short.
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            return length <= LargestFile
                ? Parse(File.ReadAllBytes(path), path)
                : throw new CheckpointException($"{path}: expected at most {LargestFile >> 20} MB of JSON, found {length >> 20} MB");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException($"{path} does not exist; a checkpoint folder as Hugging Face transformers writes it has one", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The object that UTF-8 text holds.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> text, string where)
    {
        if (!Utf8.IsValid(text.Span))
        {
            throw new CheckpointException($"{where}: no valid JSON: it is not UTF-8 text");
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new CheckpointException($"{where}: expected a JSON object, found {document.RootElement.ValueKind}");
        }
        // Reading a string with half a surrogate pair throws the second.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{where}: no valid JSON: {error.Message}", error);
        }
    }
}
