using ProbePipeline.Models.Masks;
using TorchSharp;

namespace ProbePipeline.Models.Tests;

/// <summary>What a network generates when every token is read off a whole forward, as if there were no cache.</summary>
internal static class UncachedAnswers
{
    /// <param name="network">The network.</param>
    /// <param name="rows">The prompts.</param>
    /// <param name="request">What is cut and changed.</param>
    /// <param name="steps">Tokens a row.</param>
    public static int[][] Of(Network network, PromptRow[] rows, ForwardRequest request, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = new Batch(rows);
            using var result = network.Forward(batch, request with { LogitsAt = TokenSet.Positions(batch.Length - 1) });
            var next = result.Logits!.Values.argmax(-1).data<long>().ToArray();
            rows = [.. rows.Zip(next, (row, token) => row with { TokenIds = row.TokenIds.Add((int)token), GeneratedCount = row.GeneratedCount + 1 })];
        }

        return [.. rows.Select(row => row.TokenIds[^steps..].ToArray())];
    }
}
