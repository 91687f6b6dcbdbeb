using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Inspection;

/// <summary>
/// The shortest ways that a condition leaves open, in words. Ways go along attention; what is patched into the states of a tower comes along none, so that a
/// way in that tower or behind it is never called none there. An erasure opens no way, and closes none: it takes out one field, and what else states hold goes on.
/// Where keys are replaced by means an edge counts as cut: what comes along it is the same in every row.
/// </summary>
internal static class ConditionPaths
{
    public static ImmutableArray<(RemainingPath Path, string Way)> Of(PreparedExperiment experiment, ConditionOptions condition) =>
        [.. experiment.RemainingPaths(condition.Blocks).Select(path => (path, Way(path, condition)))];

    private static string Way(RemainingPath path, ConditionOptions condition)
    {
        // The projector's states are the decoder's, and what the vision tower holds becomes theirs.
        string[] patched = [.. condition.Patches.Where(patch => patch.Site.Tower <= path.Tower).Select(patch => $"{patch.Site} from {(patch.Rows == PatchRows.Same ? "" : "another picture under ")}{patch.From}").Distinct()];
        if (patched.Length == 0 && !path.Exists && condition.Replacing.Any(block => block.Tower <= path.Tower))
        {
            return $"{path.Way} but means";
        }

        return patched.Length == 0 ? path.Way : $"{(path.Exists ? path.Way : "no attention")}, and whatever is patched into {string.Join(" and ", patched)}";
    }
}
