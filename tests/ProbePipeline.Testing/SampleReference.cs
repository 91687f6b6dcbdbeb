using System.Text.Json;

namespace ProbePipeline.Testing;

/// <summary>
/// The sample study as Hugging Face transformers and scikit-learn found it: 60 scenes, committed, or the folder and the 600 scenes that
/// <c>PROBE_SAMPLE_REFERENCE</c> names.
/// </summary>
public sealed class SampleReference
{
    private SampleReference(string folder, string name)
    {
        Arrays = SafetensorsArrays.Read(Path.Combine(folder, $"{name}.safetensors"));
        Json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{name}.json"))).RootElement;
    }

    /// <summary>The study's conditions.</summary>
    public static IReadOnlyList<string> Conditions { get; } = ["intact", "vision-cut", "decoder-cut", "both-cut", "region-only"];

    /// <summary>Row by row: what was said, margins, lens ranks, labels, and the first rows' states.</summary>
    public SafetensorsArrays Arrays { get; }

    /// <summary>Summed up.</summary>
    public JsonElement Json { get; }

    public int Images => Json.GetProperty("images").GetInt32();

    public static SampleReference Read() => Environment.GetEnvironmentVariable("PROBE_SAMPLE_REFERENCE") is { Length: > 0 } folder
        ? new(Path.GetFullPath(folder), "reference")
        : new(Path.Combine(Repository.Root, "tests", "references", "partscenes-llava"), "reference-small");
}
