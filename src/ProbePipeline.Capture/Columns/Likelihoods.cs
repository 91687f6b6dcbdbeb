using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Columns;

/// <summary>The log-likelihood of every choice as the answer of every row.</summary>
/// <param name="Texts">The choices.</param>
/// <param name="Tokens">Each choice's tokens after the prompt.</param>
internal sealed record Likelihoods(ImmutableArray<string> Texts, ImmutableArray<ImmutableArray<int>> Tokens)
{
    public static Likelihoods Of(ProbedModel model, AnswerOptions options)
    {
        if (options.Choices.Length < 2)
        {
            throw new CaptureException($"expected at least two choices to choose from; found {options.Choices.Length}");
        }

        ImmutableArray<ImmutableArray<int>> tokens = [.. options.Choices.Select(choice => AnswerTokens.Of(model.Tokenizer, options.PromptEnd, choice))];
        for (var choice = 0; choice < tokens.Length; choice++)
        {
            var same = tokens.Take(choice).Index().FirstOrDefault(other => other.Item.SequenceEqual(tokens[choice]), (-1, []));
            if (same.Item1 >= 0)
            {
                throw new CaptureException($"the choices '{options.Choices[same.Item1]}' and '{options.Choices[choice]}' are the same tokens, so no answer could tell them apart; leave one out");
            }
        }

        return new Likelihoods(options.Choices, tokens);
    }

    /// <summary>Sums over a choice's tokens, [rows, choices], in nats.</summary>
    public float[] Sums(BatchRun run, CaptureCondition condition) => run.Once((this, condition.Name), () =>
    {
        using var scope = NewDisposeScope();
        var first = run.Results[condition.Name].Logits!.Values.to_type(ScalarType.Float32).log_softmax(-1);           // [rows, V]
        var sums = stack([.. Tokens.Select(tokens => tokens.Length > 1 ? first.select(1, tokens[0]).Plus(Rest(run, condition, tokens)) : first.select(1, tokens[0]))], 1);
        return sums.contiguous().cpu().data<float>().ToArray();
    });

    /// <summary>The same a token, [rows, choices].</summary>
    public float[] Means(BatchRun run, CaptureCondition condition) => [.. Sums(run, condition).Select((sum, index) => sum / Tokens[index % Tokens.Length].Length)];

    /// <summary>The tokens of a choice after its first, the answer so far put behind the prompt: [rows].</summary>
    private static Tensor Rest(BatchRun run, CaptureCondition condition, ImmutableArray<int> tokens)
    {
        var given = tokens[..^1];
        var rows = run.Rows.Select(row => row with { TokenIds = row.TokenIds.AddRange(given), GeneratedCount = given.Length });
        using var result = run.Model.Network.Forward(new Batch(rows), run.Changes[condition.Name] with { LogitsAt = TokenSet.Generated });
        var scores = result.Logits!.Values.to_type(ScalarType.Float32).log_softmax(-1).view(run.Rows.Length, given.Length, -1);   // [rows, given, V]
        using var next = tensor(tokens.Skip(1).Select(token => (long)token).ToArray(), device: scores.device);
        return scores.gather(2, next.view(1, -1, 1).expand(run.Rows.Length, -1, 1)).sum([1, 2]);
    }
}
