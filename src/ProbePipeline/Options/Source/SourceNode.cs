namespace ProbePipeline.Options.Source;

/// <summary>A value as it was written, with its place: what YAML leaves of a file before anybody asks what it means.</summary>
internal abstract record SourceNode(Origin Origin)
{
    /// <summary>The value in an error.</summary>
    public abstract string Shown { get; }

    /// <summary>A text in an error: its beginning on one line, without what would move a terminal's cursor.</summary>
    public static string Shorten(string text, int length) =>
        string.Concat((text.Length > length ? text[..length] + "..." : text).ReplaceLineEndings("\\n").Select(character => char.IsControl(character) ? '?' : character));
}

/// <summary>A single value; <paramref name="Plain"/> where it stands without quotes, so that it may be a number.</summary>
internal sealed record SourceScalar(Origin Origin, string Text, bool Plain) : SourceNode(Origin)
{
    private const int LongestShown = 60;

    public bool IsNothing => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Shown => IsNothing ? "nothing" : $"\"{Shorten(Text, LongestShown)}\"";
}

internal sealed record SourceList(Origin Origin, IReadOnlyList<SourceNode> Items) : SourceNode(Origin)
{
    public override string Shown => Items.Count == 0 ? "an empty list" : "a list";
}

internal sealed record SourceMapping(Origin Origin, IReadOnlyList<SourceEntry> Entries) : SourceNode(Origin)
{
    public override string Shown => Entries.Count == 0 ? "an empty mapping" : "a mapping";

    /// <summary>The entry of a key; null where it is not given.</summary>
    public SourceEntry? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A value that an override takes away; <paramref name="Given"/> where there was one.</summary>
internal sealed record SourceRemoval(Origin Origin, bool Given) : SourceNode(Origin)
{
    public override string Shown => "nothing";
}

/// <summary>A key and its value; the origin is the key's.</summary>
internal sealed record SourceEntry(Origin Origin, string Key, SourceNode Value);
