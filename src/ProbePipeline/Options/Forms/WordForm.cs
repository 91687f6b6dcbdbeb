using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A text without meaning of its own, such as a name or a path.</summary>
/// <param name="expected">What is allowed, in words.</param>
/// <param name="pattern">What it must match as a whole; without one it is any text of one line that is not blank.</param>
internal sealed class WordForm(string expected, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern = @"\S.{0,999}") : ValueForm<string>
{
    // .NET's and JavaScript's dialect agree on what is used here.
    private readonly Regex _whole = new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);

    public override string Expected => expected;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out string value)
    {
        if (node is not SourceScalar { IsNothing: false, Text: var text } || !_whole.IsMatch(text))
        {
            return Refuse(node, key, problems, out value);
        }

        value = text;
        return true;
    }

    public override SourceNode Write(string value) => Written.Text(value);

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^(?:{pattern})$" };
}
