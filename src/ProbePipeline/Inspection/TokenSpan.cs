using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;

namespace ProbePipeline.Inspection;

/// <summary>A run of tokens of one kind.</summary>
/// <param name="First">Position of its first token in the prompt.</param>
/// <param name="Count">How many tokens it has.</param>
/// <param name="Kind">text, or what the image tokens stand for.</param>
/// <param name="Content">The text's tokens, or where the picture's tokens lie.</param>
public sealed record TokenSpan(int First, int Count, string Kind, string Content)
{
    /// <summary>Cuts a prompt into runs: stretches of text, rows of a tile's patches, row ends, separators.</summary>
    internal static IEnumerable<TokenSpan> Of(IReadOnlyList<int> tokenIds, Network network, TextTokenizer tokenizer, IEnumerable<ImageToken> imageTokens)
    {
        using var image = imageTokens.GetEnumerator();
        var tokens = tokenIds.Select((id, position) => (Position: position, Id: id, Image: network.IsImagePlaceholder(id) && image.MoveNext() ? image.Current : (ImageToken?)null)).ToArray();
        for (var first = 0; first < tokens.Length;)
        {
            var end = first + 1;
            while (end < tokens.Length && Joins(tokens[first].Image, tokens[end].Image))
            {
                end++;
            }

            var run = tokens[first..end];
            yield return tokens[first].Image is { } token
                ? new TokenSpan(first, run.Length, Name(token.Kind), Place(run[0].Image!.Value, run[^1].Image!.Value))
                : new TokenSpan(first, run.Length, "text", string.Join(' ', run.Select(text => Visible(tokenizer.TokenOf(text.Id) ?? $"#{text.Id}"))));
            first = end;
        }
    }

    /// <summary>A token with its control characters spelled out.</summary>
    internal static string Visible(string token) => string.Concat(token.Select(character => char.IsControl(character) ? $"\\x{(int)character:x2}" : $"{character}"))
        .Replace(@"\x0a", @"\n", StringComparison.Ordinal);

    private static bool Joins(ImageToken? first, ImageToken? next) =>
        first is null ? next is null : next is { } token && token.Kind == first.Value.Kind && token.Tile == first.Value.Tile;

    /// <summary>Tokens of a kind in words.</summary>
    internal static string Name(ImageTokenKind kind) => kind switch
    {
        ImageTokenKind.Patch => "patches",
        ImageTokenKind.ClassToken => "class token",
        ImageTokenKind.RowEnd => "row end",
        ImageTokenKind.Blend => "blends of patches",
        _ => "separator",
    };

    private static string Place(ImageToken first, ImageToken last) => first.ShowsPicture
        ? $"{(first.Kind == ImageTokenKind.Patch ? $"tile {first.Tile}" : "all tiles")}, row {first.Row} column {first.Column} to row {last.Row} column {last.Column}"
        : first.Tile >= 0 ? $"tile {first.Tile}" : "learned";
}
