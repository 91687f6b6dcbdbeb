using System.Collections.Frozen;
using ProbePipeline.Inputs;

namespace ProbePipeline.Models.Families;

/// <summary>What comes nearest to a family that is not offered.</summary>
internal static class NearestFamily
{
    private const int SharedBeginning = 4;

    // Built alike under a name that does not show it (transformers 5.23: SmolVLM derives from Idefics3), or named alike and built otherwise.
    private static readonly FrozenDictionary<string, string> Relatives =
        new Dictionary<string, string> { ["smolvlm"] = "idefics3", ["smolvlm_vision"] = "siglip_vision_model", ["mllama"] = "llava" }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The end of an error: a name that is spelt nearly so, else the nearest family by beginning, else the plainest of its kind.</summary>
    /// <param name="wanted">What was found.</param>
    /// <param name="known">The families.</param>
    /// <param name="plainest">The one to name where no name helps.</param>
    public static string Of(string wanted, IReadOnlyCollection<string> known, string plainest)
    {
        if (Relatives.TryGetValue(wanted, out var relative) && known.Contains(relative))
        {
            return Said(relative);
        }

        return NearestName.Of(wanted, known) is { Length: > 0 } meant ? meant
            : Said(known.Select(name => (Name: name, Shared: Shared(name, wanted))).Where(candidate => candidate.Shared >= SharedBeginning)
                .OrderByDescending(candidate => candidate.Shared).ThenBy(candidate => candidate.Name.Length).Select(candidate => candidate.Name).FirstOrDefault(plainest));
    }

    private static string Said(string name) => $"; the nearest supported one is \"{name}\"";

    private static int Shared(string left, string right) => left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
}
