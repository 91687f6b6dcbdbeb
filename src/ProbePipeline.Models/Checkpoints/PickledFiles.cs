namespace ProbePipeline.Models.Checkpoints;

/// <summary>Weights as Python pickles, which can run any code when they are loaded: they are never opened, whatever lies beside them.</summary>
internal static class PickledFiles
{
    /// <summary>What to do with them.</summary>
    public const string Advice =
        "Pickled weights can run code and are not read; convert them to safetensors where you trust them: load the model in Python and save_pretrained(..., safe_serialization=True)";

    private static readonly string[] Endings = [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"];

    /// <summary>Whether a file is one by its name.</summary>
    public static bool Holds(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
