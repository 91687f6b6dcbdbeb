using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A text that means something: it is parsed by what knows its form.</summary>
/// <param name="expected">What is allowed, in words.</param>
/// <param name="parse">Gives the value, or throws a <see cref="FormatException"/> or <see cref="PromptException"/> that says what was found and what is expected.</param>
/// <param name="write">Gives the text again.</param>
internal sealed class TextForm<T>(string expected, Func<string, T> parse, Func<T, string> write) : ValueForm<T>
{
    // Every sensible text is shorter, and errors repeat what they found.
    private const int LongestText = 1000;

    public override string Expected => expected;

    /// <summary>What the schema says beside the type.</summary>
    public Func<JsonObject> Details { get; init; } = () => [];

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        if (node is not SourceScalar { IsNothing: false, Text: var text } || text.Length > LongestText)
        {
            return Refuse(node, key, problems, out value);
        }

        try
        {
            value = parse(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or PromptException)
        {
            problems.Add(node.Origin, key, error.Message);
            value = default;
            return false;
        }
    }

    public override SourceNode Write(T value) => Written.Text(write(value));

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string" };
        foreach (var (name, detail) in Details())
        {
            schema[name] = detail?.DeepClone();
        }

        return schema;
    }
}
