using System.Globalization;
using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>How tokens become text again (huggingface/tokenizers 0.23, decoders). A decoder turns a list of texts into another.</summary>
internal abstract record TokenDecoder
{
    private const string Supported = "ByteLevel, Replace, ByteFallback, Fuse, Strip, Metaspace, BPEDecoder or Sequence";

    /// <summary>One step.</summary>
    public abstract IReadOnlyList<string> Apply(IReadOnlyList<string> tokens);

    /// <summary>The part of a file; null where there is none: tokens are then joined by spaces.</summary>
    public static TokenDecoder? Read(TokenizerNode node) => node.IsNull ? null : ReadPart(node);

    private static TokenDecoder ReadPart(TokenizerNode node) => node.Type switch
    {
        "ByteLevel" => new Step(tokens => [Encoding.UTF8.GetString([.. tokens.SelectMany(ByteAlphabet.Decode)])]),
        "Replace" => Replace(ScalarRegex.Read(node["pattern"]), node["content"].Text()),
        "ByteFallback" => new Step(JoinBytes),
        "Fuse" => new Step(tokens => [string.Concat(tokens)]),
        "Strip" => Strip(node["content"].Text() is [var character] ? character : throw node["content"].Error("one character"), node["start"].Integer(), node["stop"].Integer()),
        "Metaspace" => Metaspace(node["replacement"].TextOrNull() ?? "\u2581", node["prepend_scheme"].TextOrNull() ?? (node["add_prefix_space"].Flag(true) ? "always" : "never")),
        "BPEDecoder" => Suffix(node["suffix"].TextOrNull() ?? "</w>"),
        "Sequence" => Sequence([.. node["decoders"].Parts().Select(ReadPart)]),
        _ => throw node["type"].Error(Supported),
    };

    private static Step Sequence(IReadOnlyList<TokenDecoder> parts) => new(tokens => parts.Aggregate(tokens, (current, part) => part.Apply(current)));

    private static Step Replace(ScalarRegex pattern, string content) => new(tokens => [.. tokens.Select(token => pattern.Replace(token, content))]);

    private static Step Strip(char character, int start, int stop) => new(tokens =>
    [
        .. tokens.Select(token =>
        {
            var (begin, end) = (0, token.Length);
            while (begin < Math.Min(start, end) && token[begin] == character)
            {
                begin++;
            }

            while (end > begin && token.Length - end < stop && token[end - 1] == character)
            {
                end--;
            }

            return token[begin..end];
        }),
    ]);

    private static Step Metaspace(string replacement, string scheme) => new(tokens =>
        [.. tokens.Select((token, index) => token.Replace(replacement, index == 0 && scheme != "never" ? "" : " ", StringComparison.Ordinal))]);

    private static Step Suffix(string suffix) => new(tokens =>
        [.. tokens.Select((token, index) => token.Replace(suffix, index == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal))]);

    /// <summary>Byte tokens next to each other become the characters that they encode; where they encode none, each becomes U+FFFD.</summary>
    private static List<string> JoinBytes(IReadOnlyList<string> tokens)
    {
        var (texts, bytes) = (new List<string>(tokens.Count), new List<byte>());
        foreach (var token in tokens)
        {
            if (token is ['<', '0', 'x', _, _, '>'] && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                continue;
            }

            Flush();
            texts.Add(token);
        }

        Flush();
        return texts;

        void Flush()
        {
            var run = bytes.ToArray();
            if (run.Length > 0)
            {
                texts.AddRange(System.Text.Unicode.Utf8.IsValid(run) ? [Encoding.UTF8.GetString(run)] : Enumerable.Repeat("\uFFFD", run.Length));
            }

            bytes.Clear();
        }
    }

    private sealed record Step(Func<IReadOnlyList<string>, IReadOnlyList<string>> Map) : TokenDecoder
    {
        public override IReadOnlyList<string> Apply(IReadOnlyList<string> tokens) => Map(tokens);
    }
}
