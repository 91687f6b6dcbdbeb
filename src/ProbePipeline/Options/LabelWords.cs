using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Words to choose from or to look for: all classes of a field, a list, or every row's own list.</summary>
public sealed record LabelWords
{
    private const string Plural = "s";

    private const char Bar = '|';

    private LabelWords(string? field, ImmutableArray<string> words, string? column = null)
    {
        Field = field;
        Words = words;
        Column = column;
    }

    /// <summary>The field whose classes are meant; null where the words are listed.</summary>
    public string? Field { get; }

    /// <summary>The listed words; empty where a field's classes are meant.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The field in which every row lists its own words, with bars between them: <c>wheel|door|wing</c>; null where they are the same for all.</summary>
    public string? Column { get; }

    /// <summary>The form used in files for the classes of <see cref="Field"/>: its plural, as in <c>parts</c>; null where the words are listed.</summary>
    internal string? FieldText => Field is null ? null : Field + Plural;

    /// <summary>All classes of a field of the dataset.</summary>
    public static LabelWords ClassesOf(string field) => new(field, []);

    /// <summary>The given words.</summary>
    public static LabelWords Of(params IEnumerable<string> words) => new(null, [.. words]);

    /// <summary>The words that each row lists in a field.</summary>
    public static LabelWords OfColumn(string column) => new(null, [], column);

    /// <summary>What a row lists, each word once.</summary>
    /// <param name="values">The row's values by field.</param>
    /// <returns>The words in their order; none where the words are the same for all rows, or the row has none.</returns>
    internal ImmutableArray<string> OfRow(IReadOnlyDictionary<string, string> values) => Column is null
        ? []
        : [.. values.GetValueOrDefault(Column, "").Split(Bar, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>The words, once the classes are known.</summary>
    /// <param name="classes">The classes of <see cref="Field"/>.</param>
    internal ImmutableArray<string> Resolve(IEnumerable<string> classes) => Field is null ? Words : [.. classes];

    /// <summary>Two are equal when they name the same field or column, or list the same words.</summary>
    public bool Equals(LabelWords? other) => other is not null && (Field, Column) == (other.Field, other.Column) && Words.AsSpan().SequenceEqual(other.Words.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => FieldText ?? (Column is null ? $"[{string.Join(", ", Words)}]" : $"{{ column: {Column} }}");

    /// <summary>Reads the form of <see cref="FieldText"/>; null where the text is no plural.</summary>
    internal static LabelWords? ParseField(string text) =>
        text.Length > Plural.Length && text.EndsWith(Plural, StringComparison.Ordinal) ? ClassesOf(text[..^Plural.Length]) : null;
}
