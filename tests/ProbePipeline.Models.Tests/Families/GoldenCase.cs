using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>One folder of reference outputs: a checkpoint, what went in, what came out, and which edges were cut.</summary>
internal sealed partial class GoldenCase
{
    /// <summary>Folders of goldens that are no networks, or pairs of them (CLIP's); their own tests read them.</summary>
    private static readonly string[] OtherGoldens = ["clip-full", "datasets", "generators", "partscenes", "pictures", "real-shapes", "science", "token-counts", "tokenizers"];

    private readonly JsonElement _case;

    public GoldenCase(string name)
    {
        Name = name;
        _case = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder(name, "case.json"))).RootElement;
        Inputs = SafetensorsArrays.Read(Goldens.Folder(name, "inputs.safetensors"));
        Expected = SafetensorsArrays.Read(Goldens.Folder(name, "expected.safetensors"));
    }

    public string Name { get; }

    public string ModelFolder => Goldens.Folder(Name, "model");

    public string ModelType => _case.GetProperty("model_type").GetString()!;

    public SafetensorsArrays Inputs { get; }

    public SafetensorsArrays Expected { get; }

    public IEnumerable<string> Conditions => _case.GetProperty("conditions").EnumerateObject().Select(condition => condition.Name);

    /// <summary>The ids among which the reference chose, as its note says: "greedy over ids below N".</summary>
    public int? VocabularyLimit => _case.TryGetProperty("generation", out var note) && IdsBelow().Match(note.GetString()!) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>Every case.</summary>
    /// <exception cref="InvalidOperationException">A folder is neither a case nor known as something else.</exception>
    public static ImmutableArray<string> All()
    {
        var folders = Directory.GetDirectories(Goldens.Root).Select(folder => Path.GetFileName(folder)).Except(OtherGoldens).Order(StringComparer.Ordinal).ToArray();
        foreach (var folder in folders.Where(folder => !File.Exists(Goldens.Folder(folder, "case.json"))))
        {
            throw new InvalidOperationException($"{Goldens.Folder(folder)} is no golden case (it has no case.json) and no known folder");
        }

        return [.. folders];
    }

    /// <summary>The resolutions among which LLaVA-NeXT and LLaVA-OneVision choose, as the checkpoint's configuration lists them.</summary>
    public ImmutableArray<PictureSize> GridPinpoints()
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ModelFolder, "config.json")));
        return [.. config.RootElement.GetProperty("image_grid_pinpoints").EnumerateArray().Select(size => new PictureSize(size[0].GetInt32(), size[1].GetInt32()))];
    }

    public ImmutableArray<AttentionBlock> Blocks(string condition) =>
        [.. _case.GetProperty("conditions").GetProperty(condition).EnumerateArray().Select(Block)];

    private static AttentionBlock Block(JsonElement block) =>
        new(block.GetProperty("tower").GetString() == "vision" ? Tower.Vision : Tower.Language, TokenSet.Positions(Integers(block, "queries")!), TokenSet.Positions(Integers(block, "keys")!))
        {
            Layers = Integers(block, "layers") is { } layers ? LayerSelection.Of(layers) : LayerSelection.All,
            Heads = Integers(block, "heads") is { } heads ? [.. heads] : null,
            KeepSelf = block.GetProperty("keepSelf").GetBoolean(),
        };

    private static int[]? Integers(JsonElement block, string name) =>
        block.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(value => value.GetInt32())] : null;

    [GeneratedRegex(@"ids below (\d+)")]
    private static partial Regex IdsBelow();
}
