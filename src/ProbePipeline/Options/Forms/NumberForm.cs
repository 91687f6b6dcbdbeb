using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A number within bounds, written without quotes and the same in every culture.</summary>
/// <param name="expected">What is allowed, in words.</param>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value.</param>
internal sealed class NumberForm<T>(string expected, T minimum, T maximum) : ValueForm<T>
    where T : INumber<T>
{
    private static readonly bool IsWhole = typeof(T) != typeof(double);

    public override string Expected => expected;

    /// <summary>Whether the smallest value itself is left out.</summary>
    public bool AboveMinimum { get; init; }

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        var styles = IsWhole ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return (node is SourceScalar { Plain: true } scalar && T.TryParse(scalar.Text, styles, CultureInfo.InvariantCulture, out value) && IsWithin(value))
            || Refuse(node, key, problems, out value);
    }

    public override SourceNode Write(T value) => Written.Value(value.ToString(null, CultureInfo.InvariantCulture).ToLowerInvariant());

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = IsWhole ? "integer" : "number", [AboveMinimum ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(minimum) };
        if (maximum < T.CreateSaturating(int.MaxValue))
        {
            schema["maximum"] = JsonValue.Create(maximum);
        }

        return schema;
    }

    // Not a number is within no bounds.
    private bool IsWithin(T value) => (AboveMinimum ? value > minimum : value >= minimum) && value <= maximum;
}
