using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbePipeline.Options.Keys;

/// <summary>The JSON schema (draft 7, which editors know best) of experiment files: data/schemas/experiment.schema.json.</summary>
internal static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "ProbePipeline experiment",
            ["description"] = "Where inside a vision-language model a fact about a picture can be read, and whether the model still answers when attention is cut.",
        };
        foreach (var (name, value) in ExperimentKeys.Root.Schema())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(Indented) + "\n";
    }
}
