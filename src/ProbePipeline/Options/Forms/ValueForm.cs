using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>How a value is written in a file: what reads it, writes it, and tells editors and readers of the documentation about it.</summary>
internal interface IValueForm
{
    /// <summary>What is allowed, as it stands after "expected".</summary>
    string Expected { get; }

    /// <summary>The same for editors: JSON schema, draft 7.</summary>
    JsonObject Schema();
}

/// <inheritdoc/>
internal abstract class ValueForm<T> : IValueForm
{
    public abstract string Expected { get; }

    /// <summary>Reads a value, or says what is wrong with it.</summary>
    public abstract bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes a value so that reading it gives an equal one.</summary>
    public abstract SourceNode Write(T value);

    public abstract JsonObject Schema();

    /// <summary>"a", "a or b", "a, b or c".</summary>
    protected static string InWords(ImmutableArray<string> texts) => texts is [var only] ? only : $"{string.Join(", ", texts[..^1])} or {texts[^1]}";

    protected bool Refuse(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        problems.Add(node.Origin, key, $"found {node.Shown}, expected {Expected}");
        value = default;
        return false;
    }
}
