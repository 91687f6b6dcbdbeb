namespace ProbePipeline.Inputs.Text;

/// <summary>How a normalised text is cut into pieces within which the vocabulary merges (huggingface/tokenizers 0.23, pre_tokenizers).</summary>
internal abstract record PreTokenizer
{
    private const string Supported = "ByteLevel, Digits, Metaspace, Split or Sequence";

    /// <summary>GPT-2's pattern, which ByteLevel uses where it is not told otherwise.</summary>
    private const string ByteLevelPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Cuts pieces further.</summary>
    /// <param name="pieces">None of them empty.</param>
    /// <param name="beginsText">Whether the first piece begins where the whole text does.</param>
    public abstract IEnumerable<string> Apply(IEnumerable<string> pieces, bool beginsText);

    /// <summary>The part of a file, or one that does nothing where there is none.</summary>
    public static PreTokenizer Read(TokenizerNode node) => node.IsNull ? new Chain([]) : node.Type switch
    {
        "Split" => new Cut(ScalarRegex.Read(node["pattern"]), ReadBehavior(node["behavior"]), node["invert"].Flag(false)),
        "Digits" => new Cut(ScalarRegex.Of(node["individual_digits"].Flag(false) ? @"\p{N}" : @"\p{N}+"), SplitBehavior.Isolated, Inverted: false),
        "ByteLevel" => ByteLevel(node),
        "Metaspace" => Metaspace(node),
        "Sequence" => new Chain([.. node["pretokenizers"].Parts().Select(Read)]),
        _ => throw node["type"].Error(Supported),
    };

    private static Chain ByteLevel(TokenizerNode node)
    {
        var prefix = node["add_prefix_space"].Flag(true) ? new Mapped(text => text[0] == ' ' ? text : " " + text) : null;
        var cut = node["use_regex"].Flag(true) ? new Cut(ScalarRegex.Of(ByteLevelPattern), SplitBehavior.Isolated, Inverted: false) : null;
        return new Chain([.. new PreTokenizer?[] { prefix, cut, new Mapped(ByteAlphabet.Encode) }.OfType<PreTokenizer>()]);
    }

    private static Chain Metaspace(TokenizerNode node)
    {
        var replacement = node["replacement"].TextOrNull() ?? "\u2581";
        // Before there were schemes a flag said whether to prepend.
        var scheme = node["prepend_scheme"].TextOrNull() ?? (node["add_prefix_space"].Flag(true) ? "always" : "never");
        var mark = new MarkedSpaces(replacement, scheme is "always" or "first" or "never" ? scheme : throw node["prepend_scheme"].Error("always, first or never"));
        return node["split"].Flag(true)
            ? new Chain([mark, new Cut(ScalarRegex.Of(System.Text.RegularExpressions.Regex.Escape(replacement)), SplitBehavior.MergedWithNext, Inverted: false)])
            : new Chain([mark]);
    }

    private static SplitBehavior ReadBehavior(TokenizerNode node) => Enum.TryParse<SplitBehavior>(node.Text(), out var behavior) && Enum.IsDefined(behavior)
        ? behavior
        : throw node.Error(string.Join(", ", Enum.GetNames<SplitBehavior>()));

    private sealed record Chain(IReadOnlyList<PreTokenizer> Parts) : PreTokenizer
    {
        public override IEnumerable<string> Apply(IEnumerable<string> pieces, bool beginsText) =>
            Parts.Aggregate(pieces, (current, part) => part.Apply(current, beginsText));
    }

    private sealed record Mapped(Func<string, string> Map) : PreTokenizer
    {
        public override IEnumerable<string> Apply(IEnumerable<string> pieces, bool beginsText) => pieces.Select(Map);
    }

    /// <summary>Spaces become a visible mark; the piece that begins the text, or every piece, gets one in front.</summary>
    private sealed record MarkedSpaces(string Mark, string Scheme) : PreTokenizer
    {
        public override IEnumerable<string> Apply(IEnumerable<string> pieces, bool beginsText) => pieces.Select((piece, index) =>
        {
            var marked = piece.Replace(" ", Mark, StringComparison.Ordinal);
            var prepends = Scheme == "always" || (Scheme == "first" && index == 0 && beginsText);
            return prepends && !marked.StartsWith(Mark, StringComparison.Ordinal) ? Mark + marked : marked;
        });
    }

    private sealed record Cut(ScalarRegex Pattern, SplitBehavior Behavior, bool Inverted) : PreTokenizer
    {
        public override IEnumerable<string> Apply(IEnumerable<string> pieces, bool beginsText) => pieces.SelectMany(Pieces);

        private IEnumerable<string> Pieces(string text) =>
            Join(Segments(text)).Where(segment => segment.End > segment.Start).Select(segment => text[segment.Start..segment.End]);

        /// <summary>Matches and what lies between them, covering the text.</summary>
        private IEnumerable<(int Start, int End, bool IsMatch)> Segments(string text)
        {
            var done = 0;
            foreach (var (start, end) in Pattern.Matches(text))
            {
                if (start > done)
                {
                    yield return (done, start, Inverted);
                }

                yield return (start, end, !Inverted);
                done = end;
            }

            if (done < text.Length)
            {
                yield return (done, text.Length, Inverted);
            }
        }

        private IEnumerable<(int Start, int End)> Join(IEnumerable<(int Start, int End, bool IsMatch)> segments)
        {
            (int Start, int End, bool IsMatch)? open = null;
            foreach (var segment in segments)
            {
                if (open is { } previous && Joins(previous.IsMatch, segment.IsMatch))
                {
                    open = (previous.Start, segment.End, segment.IsMatch);
                    continue;
                }

                if (open is { } finished && Keeps(finished.IsMatch))
                {
                    yield return (finished.Start, finished.End);
                }

                open = segment;
            }

            if (open is { } last && Keeps(last.IsMatch))
            {
                yield return (last.Start, last.End);
            }
        }

        private bool Joins(bool previousIsMatch, bool isMatch) => Behavior switch
        {
            SplitBehavior.MergedWithPrevious => isMatch && !previousIsMatch,
            SplitBehavior.MergedWithNext => previousIsMatch && !isMatch,
            SplitBehavior.Contiguous => previousIsMatch == isMatch,
            _ => false,
        };

        private bool Keeps(bool isMatch) => Behavior != SplitBehavior.Removed || !isMatch;
    }
}
