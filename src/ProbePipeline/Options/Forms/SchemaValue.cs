using System.Globalization;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Values as JSON.</summary>
internal static class SchemaValue
{
    public static JsonNode? Of(SourceNode node) => node switch
    {
        SourceList list => new JsonArray([.. list.Items.Select(Of)]),
        SourceMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        SourceScalar { Plain: true, Text: "true" or "false" } scalar => JsonValue.Create(scalar.Text == "true"),
        SourceScalar { Plain: true } scalar => JsonValue.Create(decimal.Parse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        SourceScalar scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };
}
