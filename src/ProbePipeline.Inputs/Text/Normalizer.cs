using System.Globalization;
using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>What happens to a text before it is cut (huggingface/tokenizers 0.23, normalizers).</summary>
internal abstract record Normalizer
{
    private const string Supported = "NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace, Strip, StripAccents or Sequence";

    /// <summary>Applies it.</summary>
    public abstract string Apply(string text);

    /// <summary>The part of a file, or one that does nothing where there is none.</summary>
    public static Normalizer Read(TokenizerNode node) => node.IsNull ? new Chain([]) : node.Type switch
    {
        "NFC" => Form(NormalizationForm.FormC, node),
        "NFD" => Form(NormalizationForm.FormD, node),
        "NFKC" => Form(NormalizationForm.FormKC, node),
        "NFKD" => Form(NormalizationForm.FormKD, node),
        "Lowercase" => new Mapped(Lower),
        "Prepend" => Prepend(node["prepend"].Text()),
        "Replace" => Replace(ScalarRegex.Read(node["pattern"]), node["content"].Text()),
        "Strip" => Strip(node["strip_left"].Flag(true), node["strip_right"].Flag(true)),
        "StripAccents" => new Mapped(WithoutAccents),
        "Sequence" => new Chain([.. node["normalizers"].Parts().Select(Read)]),
        _ => throw node["type"].Error(Supported),
    };

    private static Mapped Form(NormalizationForm form, TokenizerNode node) => "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9"
        ? new Mapped(text => text.Normalize(form))
        : throw new TokenizerException(
            $"{node.File} asks for Unicode normalisation, which .NET does not do in globalization-invariant mode. "
            + "Unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT (and InvariantGlobalization) and install ICU");

    private static Mapped Prepend(string prefix) => new(text => text.Length == 0 ? text : prefix + text);

    private static Mapped Replace(ScalarRegex pattern, string content) => new(text => pattern.Replace(text, content));

    private static Mapped Strip(bool left, bool right) => new(text => (left, right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    });

    private static string WithoutAccents(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark));

    /// <summary>A character at a time, as the reference does: no rule looks at what stands beside. One character becomes two (U+0130).</summary>
    private static string Lower(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            lower.Append(rune.Value == 0x130 ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString());
        }

        return lower.ToString();
    }

    private sealed record Mapped(Func<string, string> Map) : Normalizer
    {
        public override string Apply(string text) => Map(text);
    }

    private sealed record Chain(IReadOnlyList<Normalizer> Parts) : Normalizer
    {
        public override string Apply(string text) => Parts.Aggregate(text, (current, part) => part.Apply(current));
    }
}
