using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Text;

/// <summary>Special tokens around a text's ids (huggingface/tokenizers 0.23, processors).</summary>
/// <param name="Before">In front of them.</param>
/// <param name="After">Behind them.</param>
internal sealed record PostProcessor(ImmutableArray<int> Before, ImmutableArray<int> After)
{
    /// <summary>Tokens around a text; published files add one or two.</summary>
    private const int MostTokens = 1024;

    private const string Supported = "TemplateProcessing, RobertaProcessing, BertProcessing, ByteLevel or Sequence";

    /// <summary>The part of a file, or one that adds nothing where there is none.</summary>
    public static PostProcessor Read(TokenizerNode node) => node.IsNull ? new([], []) : node.Type switch
    {
        "TemplateProcessing" => Template(node),
        "RobertaProcessing" or "BertProcessing" => new([Pair(node["cls"])], [Pair(node["sep"])]),
        // It only moves offsets.
        "ByteLevel" => new([], []),
        "Sequence" => node["processors"].Parts().Select(Read).Aggregate(
            new PostProcessor([], []), (inner, outer) => new([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After])),
        _ => throw node["type"].Error(Supported),
    };

    private static int Pair(TokenizerNode node) => node.Elements().ToArray() is [_, var id] ? id.Integer() : throw node.Error("a token and its id");

    private static PostProcessor Template(TokenizerNode node)
    {
        var (before, after, isPast) = (ImmutableArray.CreateBuilder<int>(), ImmutableArray.CreateBuilder<int>(), false);
        foreach (var part in node["single"].Elements())
        {
            if (!part["Sequence"].IsNull)
            {
                isPast = isPast ? throw part.Error("the text once") : true;
                continue;
            }

            var name = part["SpecialToken"]["id"].Text();
            (isPast ? after : before).AddRange(node["special_tokens"][name]["ids"].Elements().Take(MostTokens + 1).Select(id => id.Integer()));
            if (before.Count + after.Count > MostTokens)
            {
                throw part.Error($"at most {MostTokens} tokens around a text");
            }
        }

        return isPast ? new(before.ToImmutable(), after.ToImmutable()) : throw node["single"].Error("a template that holds the text");
    }
}
