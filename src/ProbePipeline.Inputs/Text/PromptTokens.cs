using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ProbePipeline.Inputs.Text;

/// <summary>A prompt with pictures as token ids: the placeholder of a picture is repeated once for every image token that it becomes.</summary>
public static partial class PromptTokens
{
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="prompt">The prompt, special tokens of the model's beginning left out, or written where they belong.</param>
    /// <param name="pictures">The pictures in the order of their placeholders.</param>
    /// <param name="imageTokenId">The model's placeholder; null: Phi-3-Vision's way, <c>&lt;|image_1|&gt;</c> in the text and negative ids.</param>
    /// <exception cref="PromptException">Placeholders and pictures are not as many, or the text holds another picture's number.</exception>
    public static ImmutableArray<int> Encode(TextTokenizer tokenizer, string prompt, IReadOnlyList<ImageTokenLayout> pictures, int? imageTokenId) =>
        imageTokenId is { } id ? WithPlaceholder(tokenizer, prompt, pictures, id) : WithNumbers(tokenizer, prompt, pictures);

    private static ImmutableArray<int> WithPlaceholder(TextTokenizer tokenizer, string prompt, IReadOnlyList<ImageTokenLayout> pictures, int placeholder)
    {
        var name = tokenizer.TokenOf(placeholder) ?? $"token {placeholder}";
        if (pictures.Any(picture => picture.PromptText is not null))
        {
            return WithTexts(tokenizer, prompt, pictures, placeholder, name);
        }

        var ids = WithBeginning(tokenizer, prompt);
        RequireAsMany(ids.Count(id => id == placeholder), pictures.Count, name);
        var picture = 0;
        return [.. ids.SelectMany(id => Enumerable.Repeat(id, id == placeholder ? pictures[picture++].Count : 1))];
    }

    /// <summary>Families that mark tiles write the markers and all placeholders into the prompt, and encode that at one go: text and markers may merge.</summary>
    private static ImmutableArray<int> WithTexts(TextTokenizer tokenizer, string prompt, IReadOnlyList<ImageTokenLayout> pictures, int placeholder, string name)
    {
        var pieces = prompt.Split(name);
        RequireAsMany(pieces.Length - 1, pictures.Count, name);
        var written = pictures.Zip(pieces.Skip(1), (picture, piece) => picture.PromptText!.Replace(ImageTokenLayout.Placeholder, name, StringComparison.Ordinal) + piece);
        return WithBeginning(tokenizer, pieces[0] + string.Concat(written));
    }

    // A prompt that writes the model's beginning itself, where the model wants it, gets no second one.
    private static ImmutableArray<int> WithBeginning(TextTokenizer tokenizer, string prompt)
    {
        var (written, completed) = (tokenizer.Encode(prompt, addSpecialTokens: false), tokenizer.Encode(prompt, addSpecialTokens: true));
        return completed.Length > written.Length && written.Contains(completed[0]) ? written : completed;
    }

    /// <summary>
    /// Phi-3-Vision's processor cuts the text at its placeholders and encodes every piece by itself, special tokens included
    /// (processing_phi3_v.py of the published checkpoint).
    /// </summary>
    private static ImmutableArray<int> WithNumbers(TextTokenizer tokenizer, string prompt, IReadOnlyList<ImageTokenLayout> pictures)
    {
        var numbers = Placeholder().Matches(prompt).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        RequireAsMany(numbers.Length, pictures.Count, "<|image_1|>");
        if (!numbers.Order().SequenceEqual(Enumerable.Range(1, numbers.Length)))
        {
            throw new PromptException($"expected the placeholders <|image_1|> to <|image_{numbers.Length}|>, each once; found {string.Join(", ", numbers.Select(number => $"<|image_{number}|>"))}");
        }

        var ids = ImmutableArray.CreateBuilder<int>();
        foreach (var (index, piece) in Placeholder().Split(prompt).Where((_, part) => part % 2 == 0).Index())
        {
            ids.AddRange(tokenizer.Encode(piece, addSpecialTokens: true));
            if (index < numbers.Length)
            {
                // Pictures come in the order of their placeholders here; their numbers are the ids.
                ids.AddRange(Enumerable.Repeat(-numbers[index], pictures[index].Count));
            }
        }

        return ids.ToImmutable();
    }

    private static void RequireAsMany(int placeholders, int pictures, string placeholder)
    {
        if (placeholders != pictures)
        {
            throw new PromptException($"expected as many placeholders {placeholder} in the prompt as there are pictures, {pictures}; found {placeholders}");
        }
    }

    [GeneratedRegex(@"<\|image_(\d{1,4})\|>")]
    private static partial Regex Placeholder();
}
