using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A whole number within bounds, or one word that stands for a number out of them.</summary>
/// <param name="expected">What is allowed, in words.</param>
/// <param name="minimum">The smallest number.</param>
/// <param name="maximum">The largest number.</param>
/// <param name="word">The word.</param>
/// <param name="meaning">What it is read as.</param>
internal sealed class NumberOrWordForm(string expected, int minimum, int maximum, string word, int meaning) : ValueForm<int>
{
    private readonly NumberForm<int> _number = new(expected, minimum, maximum);

    public override string Expected => expected;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out int value)
    {
        value = meaning;
        return node is SourceScalar { Text: var text } && text == word ? true : _number.TryRead(node, key, problems, out value);
    }

    public override SourceNode Write(int value) => value == meaning ? Written.Text(word) : _number.Write(value);

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(_number.Schema(), new JsonObject { ["const"] = word }) };
}
