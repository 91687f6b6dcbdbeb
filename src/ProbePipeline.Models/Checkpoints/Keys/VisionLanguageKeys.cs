namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>Where the parts of a LLaVA-like checkpoint stand in a generation of names.</summary>
/// <param name="Vision">The vision tower.</param>
/// <param name="Language">The decoder without its head.</param>
/// <param name="Head">What holds <c>lm_head</c>; empty: the root.</param>
/// <param name="Model">What holds the projector and the row end; empty: the root.</param>
internal sealed record VisionLanguageKeys(string Vision, string Language, string Head, string Model)
{
    public static VisionLanguageKeys Of(KeyGeneration generation) => generation switch
    {
        KeyGeneration.Hub => new("vision_tower.vision_model", "language_model.model", "language_model", ""),
        KeyGeneration.Modules => new("model.vision_tower.vision_model", "model.language_model", "", "model"),
        _ => new("vision_tower", "language_model.model", "language_model", ""),
    };

    /// <summary>The generation that a checkpoint's names belong to.</summary>
    public static KeyGeneration Detect(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name.StartsWith("model.vision_tower.", StringComparison.Ordinal) || name.StartsWith("model.language_model.", StringComparison.Ordinal))
            {
                return KeyGeneration.Modules;
            }

            if (name.StartsWith("vision_tower.vision_model.", StringComparison.Ordinal) || name.StartsWith("vision_model.", StringComparison.Ordinal))
            {
                return KeyGeneration.Hub;
            }
        }

        return KeyGeneration.Current;
    }
}
