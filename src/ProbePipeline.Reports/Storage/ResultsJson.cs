using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace ProbePipeline.Reports.Storage;

/// <summary>The form of <c>results.json</c>.</summary>
internal static class ResultsJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        // The loss of a probe that is certain and wrong is infinite, which JSON has no number for.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new Base64BytesConverter() },
    };

    /// <summary>Where a reading failed.</summary>
    public static string Place(JsonException error)
    {
        var line = error.LineNumber is { } number ? $"line {(number + 1).ToString(CultureInfo.InvariantCulture)}" : null;
        return error.Path is { } path ? line is null ? path : $"{path} ({line})" : line ?? "$";
    }

    /// <summary>What failed, without the place that the serializer puts behind it.</summary>
    public static string Problem(JsonException error)
    {
        var message = error.Message;
        foreach (var tail in (string[])[" Path: $", " LineNumber: "])
        {
            var cut = message.IndexOf(tail, StringComparison.Ordinal);
            message = cut < 0 ? message : message[..cut];
        }

        return $"expected results of version {Probes.Results.ExperimentResults.CurrentSchemaVersion}, found something else: {message.TrimEnd(' ', '|', '.')}; "
            + "run the experiment again, or restore the file";
    }
}
