namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>The generations of names that checkpoints of one architecture carry.</summary>
public enum KeyGeneration
{
    /// <summary>What transformers wrote before 4.52 and most hub checkpoints carry: <c>vision_tower.vision_model.*</c>, <c>language_model.model.*</c>.</summary>
    Hub,

    /// <summary>Module names as transformers 4.52 to 4.57 have them: <c>model.vision_tower.vision_model.*</c>, <c>model.language_model.*</c>, <c>lm_head</c>.</summary>
    Modules,

    /// <summary>What transformers 5 writes: <c>vision_tower.*</c>, <c>language_model.model.*</c>.</summary>
    Current,
}
