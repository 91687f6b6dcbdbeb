using System.Security.Cryptography;
using ProbePipeline.Models.Interventions;

namespace ProbePipeline.Extraction;

/// <summary>An eraser as a JSON file; its numbers are float32, little-endian, in base 64.</summary>
/// <param name="FittedOn">SHA-256 of the states and labels that it was fitted on.</param>
/// <param name="Rows">How many rows these were.</param>
/// <param name="Mean">[D]</param>
/// <param name="Left">[D, R], row-major.</param>
/// <param name="Right">[R, D], row-major.</param>
internal sealed record StoredEraser(string FittedOn, int Rows, byte[] Mean, byte[] Left, byte[] Right)
{
    /// <summary>The eraser as the network applies it.</summary>
    public LinearEdit Edit { get; } = new(FittedFile.Numbers(Mean), FittedFile.Numbers(Left), FittedFile.Numbers(Right));

    /// <summary>SHA-256 of its numbers.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData([.. Mean, .. Left, .. Right]));

    public static StoredEraser Of(string fittedOn, int rows, LinearEdit edit) => new(
        fittedOn, rows, FittedFile.Bytes(edit.Mean.AsSpan()), FittedFile.Bytes(edit.Left.AsSpan()), FittedFile.Bytes(edit.Right.AsSpan()));
}
