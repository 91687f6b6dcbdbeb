using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Text;

/// <summary>A question with fields that every row fills: <c>What is the {color} part?</c>. Braces are written twice: <c>{{</c>, <c>}}</c>.</summary>
public sealed class QuestionTemplate : IEquatable<QuestionTemplate>
{
    private readonly string _text;
    private readonly ImmutableArray<Piece> _pieces;

    /// <param name="text">The question.</param>
    /// <exception cref="PromptException">The question is blank, or a brace is left open.</exception>
    public QuestionTemplate(string text)
    {
        _text = !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new PromptException("expected a question such as 'What is the {color} part?'; found none");
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}') is var next and >= 0 ? at + next : text.Length;
            pieces.Add(new Piece(text[at..brace], IsField: false));
            if (brace == text.Length)
            {
                break;
            }

            if (brace + 1 < text.Length && text[brace + 1] == text[brace])
            {
                pieces.Add(new Piece(text[brace..(brace + 1)], IsField: false));
                at = brace + 2;
            }
            else
            {
                var field = ReadField(brace);
                pieces.Add(new Piece(field, IsField: true));
                at = brace + field.Length + 2;
            }
        }

        _pieces = pieces.ToImmutable();
    }

    /// <summary>The fields that the question names, each once, in the order of their first place.</summary>
    public ImmutableArray<string> Fields => [.. _pieces.Where(piece => piece.IsField).Select(piece => piece.Text).Distinct()];

    /// <summary>The question for one row.</summary>
    /// <param name="values">The row's values by field.</param>
    /// <exception cref="PromptException">The row lacks a field of the question.</exception>
    public string Fill(IReadOnlyDictionary<string, string> values) => string.Concat(_pieces.Select(piece => !piece.IsField ? piece.Text
        : values.TryGetValue(piece.Text, out var value) ? value
        : throw new PromptException($"the question '{_text}' needs a value for {{{piece.Text}}}; the row has only {string.Join(", ", values.Keys.DefaultIfEmpty("none"))}")));

    /// <summary>Whether the question is written alike.</summary>
    public bool Equals(QuestionTemplate? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QuestionTemplate);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The question as it was written.</summary>
    public override string ToString() => _text;

    /// <summary>The name between the brace at the given place and the next.</summary>
    private string ReadField(int open)
    {
        var close = _text.IndexOfAny(['{', '}'], open + 1);
        return _text[open] == '{' && close > 0 && _text[close] == '}'
            ? _text[(open + 1)..close]
            : throw new PromptException(
                $"the question '{_text}' has a '{_text[open]}' at character {open + 1} that belongs to no field; "
                + "write fields as {name}, and braces of the question itself twice, {{ and }}");
    }

    private readonly record struct Piece(string Text, bool IsField);
}
