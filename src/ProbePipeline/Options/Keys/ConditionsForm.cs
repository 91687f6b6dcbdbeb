using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options.Forms;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>Conditions by name, each a list of blocks, in the order in which they are written.</summary>
internal sealed partial class ConditionsForm : ValueForm<ImmutableArray<ConditionOptions>>
{
    /// <summary>What a condition or a sweep may be called.</summary>
    public const string NamePattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    /// <summary>What is said of any other name.</summary>
    public const string WrongName = "this name is not allowed, expected letters, digits, - and _, beginning with a letter or digit, 64 at most";

    private const string AllowedBlocks = "a list of blocks such as [{ tower: vision, from: all, to: all }], or [] to cut nothing";

    public static BlockForm Block { get; } = new();

    public override string Expected => "at least one condition: a name and a list of blocks, as in intact: []";

    public override bool TryRead(SourceNode node, string key, ProblemList problems, out ImmutableArray<ConditionOptions> value)
    {
        if (node is not SourceMapping { Entries: var entries } || entries.All(entry => entry.Value is SourceRemoval { Given: true }))
        {
            return Refuse(node, key, problems, out value);
        }

        var before = problems.Count;
        var read = ImmutableArray.CreateBuilder<ConditionOptions>();
        foreach (var entry in entries.Where(entry => entry.Value is not SourceRemoval { Given: true }))
        {
            var path = KeyPath.Join(key, entry.Key);
            if (!Name().IsMatch(entry.Key))
            {
                problems.Add(entry.Origin, path, WrongName);
            }
            else if (read.FirstOrDefault(other => string.Equals(other.Name, entry.Key, StringComparison.OrdinalIgnoreCase)) is { } alike)
            {
                // Names become folders, and some file systems take these two for one.
                problems.Add(entry.Origin, path, $"this name differs from \"{alike.Name}\" in capitals alone, expected another");
            }

            read.Add(ReadItems(entry.Key, entry.Value, path, problems));
        }

        CheckDonors(read, node, key, problems);

        value = read.ToImmutable();
        return problems.Count == before;
    }

    public override SourceNode Write(ImmutableArray<ConditionOptions> value) => Written.Mapping((value.IsDefault ? [] : value)
        .Select(condition => (condition.Name, (SourceNode)Written.List(
        [
            .. condition.Blocks.IsDefault ? [] : condition.Blocks.Select(Block.Write),
            .. condition.Patches.Select(EditForms.Patch.Write),
            .. condition.Erasures.Select(EditForms.Erase.Write),
        ]))));

    /// <summary>The list of blocks that <see cref="ReadBlocks"/> reads.</summary>
    public static SourceNode WriteBlocks(ImmutableArray<AttentionBlock> blocks) => Written.List(blocks.IsDefault ? [] : blocks.Select(Block.Write));

    /// <summary>Reads the list of blocks of a condition that changes nothing else.</summary>
    public static ImmutableArray<AttentionBlock> ReadBlocks(SourceNode node, string key, ProblemList problems) => ReadItems("", node, key, problems).Blocks;

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^{NamePattern}$" },
        ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(Block.Schema(), EditForms.Patch.Schema(), EditForms.Erase.Schema()) } },
    };

    private static ConditionOptions ReadItems(string name, SourceNode node, string key, ProblemList problems)
    {
        var condition = new ConditionOptions(name, []);
        if (node is not SourceList list)
        {
            problems.Add(node.Origin, key, node is SourceRemoval ? "there is no such condition to take away" : $"found {node.Shown}, expected {AllowedBlocks}");
            return condition;
        }

        foreach (var (index, item) in list.Items.Index())
        {
            var path = KeyPath.Item(key, index);
            if (item is SourceMapping patching && patching["patch"] is not null)
            {
                condition = EditForms.Patch.TryRead(item, path, problems, out var patch) ? condition with { Patches = condition.Patches.Add(patch) } : condition;
            }
            else if (item is SourceMapping erasing && erasing["erase"] is not null)
            {
                condition = EditForms.Erase.TryRead(item, path, problems, out var erasure) ? condition with { Erasures = condition.Erasures.Add(erasure) } : condition;
            }
            else if (Block.TryRead(item, path, problems, out var block))
            {
                condition = condition with { Blocks = condition.Blocks.Add(block) };
            }
        }

        return condition;
    }

    /// <summary>States come from a condition that there is, and that makes them by itself.</summary>
    private static void CheckDonors(IReadOnlyCollection<ConditionOptions> conditions, SourceNode node, string key, ProblemList problems)
    {
        foreach (var condition in conditions)
        {
            string[] others = [.. conditions.Where(other => other != condition && other.Patches.IsEmpty).Select(other => other.Name)];
            foreach (var from in condition.Patches.Select(patch => patch.From).Except(others).Distinct())
            {
                problems.Add(
                    KeyPath.Find(node, condition.Name), KeyPath.Join(key, condition.Name),
                    $"found a patch from \"{from}\", expected another condition that is not patched itself: {string.Join(", ", others)}{NearestName.Of(from, others)}");
            }
        }
    }

    [GeneratedRegex($@"\A{NamePattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
