using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Options.Source;

/// <summary>Keys within keys as one text: <c>conditions.vision-cut[0].layers</c>.</summary>
internal static class KeyPath
{
    public static string Join(string outer, string key) => outer.Length == 0 ? key : $"{outer}.{key}";

    public static string Item(string outer, int index) => string.Create(CultureInfo.InvariantCulture, $"{outer}[{index}]");

    /// <summary>The parts of a path: <c>a.b[0].c</c> and <c>a.b.0.c</c> have the same.</summary>
    public static ImmutableArray<string> Parts(string path) => [.. path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')];

    /// <summary>The index that a part stands for; null where it stands for none.</summary>
    public static int? Index(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>Whether a path of keys has a value.</summary>
    public static bool IsGiven(SourceNode root, string path) =>
        Parts(path).Aggregate((SourceNode?)root, (node, key) => (node as SourceMapping)?[key]?.Value) is not (null or SourceRemoval);

    /// <summary>The place of a path's value, or of what is nearest to it where it is not given.</summary>
    public static Origin Find(SourceNode root, string path)
    {
        var origin = root.Origin;
        var node = root;
        foreach (var part in Parts(path))
        {
            var next = node switch
            {
                SourceMapping mapping => mapping[part]?.Value,
                SourceList list when Index(part) is { } index && index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null)
            {
                return origin;
            }

            node = next;
            origin = node.Origin;
        }

        return origin;
    }
}
