namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>
/// A label of Panoptic Parts (de Geus et al. 2021, arXiv 2106.04254; panoptic_parts 2.0, utils/format.py): what a pixel is, which one, and which part of it, written one
/// behind the other: up to two digits of the semantic id, three of the instance id, two of the part id.
/// </summary>
/// <param name="Semantic">The semantic class, sid.</param>
/// <param name="Instance">The instance, iid; null: the level is absent.</param>
/// <param name="Part">The part, pid; null: the level is absent.</param>
internal readonly record struct PanopticUid(int Semantic, int? Instance, int? Part)
{
    private const int LargestSemantic = 99;
    private const int LargestInstance = 99_999;
    private const int Largest = 9_999_999;

    /// <summary>Reads a label.</summary>
    /// <param name="uid">0 to 9999999.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public static PanopticUid Of(int uid)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(uid);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uid, Largest);
        return uid <= LargestSemantic ? new PanopticUid(uid, null, null)
            : uid <= LargestInstance ? new PanopticUid(uid / 1000, uid % 1000, null)
            : new PanopticUid(uid / 100_000, uid / 100 % 1000, uid % 100);
    }
}
