using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Text;

/// <summary>How the known families write the end of an answer.</summary>
public static class AnswerEnds
{
    private static readonly ImmutableArray<string> Tokens =
        ["</s>", "<|endoftext|>", "<|end|>", "<|im_end|>", "<|eot_id|>", "<eos>", "<end_of_turn>", "<end_of_utterance>"];

    /// <summary>The ids of those that a tokenizer has.</summary>
    public static ImmutableArray<int> In(TextTokenizer tokenizer) => [.. Tokens.Select(tokenizer.IdOf).OfType<int>()];
}
