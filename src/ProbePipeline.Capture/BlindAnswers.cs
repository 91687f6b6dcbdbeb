using System.Collections.Immutable;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;

namespace ProbePipeline.Capture;

/// <summary>
/// The answers that a model gives without the picture: the same prompts, their placeholder left out with the line break behind it. What it is right about
/// then, questions and choices give away.
/// </summary>
public static class BlindAnswers
{
    /// <summary>The log-likelihood of every choice for every prompt, in nats; each distinct prompt goes through the decoder once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The choices, scored as <see cref="CaptureCatalog.ScoreAnswers"/> does; conditions and inputs are not looked at.</param>
    /// <param name="prompts">The prompts, each with its picture's placeholder.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>[prompts, choices]: summed over a choice's tokens or, where the options are <see cref="AnswerOptions.LengthNormalized"/>, a token.</returns>
    /// <exception cref="CaptureException">A prompt has no placeholder, or the choices cannot be scored.</exception>
    public static ImmutableArray<ImmutableArray<float>> LogLikelihoods(ProbedModel model, AnswerOptions options, IReadOnlyList<string> prompts, CancellationToken cancellation = default)
    {
        var likelihoods = Likelihoods.Of(model, options);
        var scored = new Dictionary<string, ImmutableArray<float>>(StringComparer.Ordinal);
        foreach (var batch in prompts.Distinct(StringComparer.Ordinal).Chunk(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            ImmutableArray<PromptRow> rows = [.. batch.Select(prompt => new PromptRow(PromptTokens.Encode(model.Tokenizer, WithoutPicture(model, prompt), [], model.Network.ImageTokenId)))];
            model.Memory.Run(0, rows.Length, (first, count) =>
            {
                foreach (var (prompt, row) in batch.Skip(first).Zip(Scores(model, options, likelihoods, rows.Slice(first, count))))
                {
                    scored[prompt] = [.. row];
                }
            });
        }

        return [.. prompts.Select(prompt => scored[prompt])];
    }

    private static IEnumerable<float[]> Scores(ProbedModel model, AnswerOptions options, Likelihoods likelihoods, ImmutableArray<PromptRow> rows)
    {
        var intact = CaptureCondition.Intact;
        var request = new ForwardRequest { LogitsAt = Models.Masks.TokenSet.Last };
        using var result = model.Network.Forward(new Batch(rows), request);
        var run = new BatchRun(
            model, rows, new Dictionary<string, ForwardRequest> { [intact.Name] = request }, new Dictionary<string, ForwardResult> { [intact.Name] = result },
            ImmutableDictionary<string, ImmutableArray<string>>.Empty, []);
        var scores = options.LengthNormalized ? likelihoods.Means(run, intact) : likelihoods.Sums(run, intact);
        return scores.Chunk(options.Choices.Length);
    }

    /// <summary>A prompt as it is asked without its picture.</summary>
    /// <param name="model">The model, which knows what stands for a picture.</param>
    /// <param name="prompt">The prompt with its picture's placeholder.</param>
    /// <exception cref="CaptureException">There is no placeholder.</exception>
    internal static string WithoutPicture(ProbedModel model, string prompt)
    {
        // Phi-3-Vision's pictures have numbers.
        var placeholder = model.Network.ImageTokenId is { } id ? model.Tokenizer.TokenOf(id)! : "<|image_1|>";
        return prompt.Contains(placeholder, StringComparison.Ordinal)
            // Qwen2-VL's markers go with the picture that they stand around.
            ? new[] { $"<|vision_start|>{placeholder}<|vision_end|>", placeholder + "\n", placeholder }.Aggregate(prompt, (text, part) => text.Replace(part, "", StringComparison.Ordinal))
            : throw new CaptureException($"expected a prompt with the picture's placeholder {placeholder}; found '{prompt}'");
    }
}
