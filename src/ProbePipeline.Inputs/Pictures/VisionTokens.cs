namespace ProbePipeline.Inputs.Pictures;

/// <summary>Which of the vision tower's tokens reach the language model.</summary>
/// <param name="PatchSize">Side of a patch in pixels of the tile. Pixels past the last whole patch belong to none.</param>
/// <param name="IncludesClassToken">Whether a tile's class token comes along: <c>vision_feature_select_strategy</c> is "full" and the tower has one.</param>
/// <param name="MergedSide">
/// Patches along an edge of the square that becomes one image token, in families whose configuration says so (Idefics3's <c>scale_factor</c>).
/// </param>
public readonly record struct VisionTokens(int PatchSize, bool IncludesClassToken = false, int MergedSide = 1);
