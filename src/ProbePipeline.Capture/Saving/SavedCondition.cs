using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Saving;

/// <summary>A condition as text.</summary>
internal sealed record SavedCondition(string Name, ImmutableArray<SavedBlock> Blocks)
{
    /// <summary>Left out where there are none, as by versions that did not know them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<SavedPatch>? Patches { get; init; }

    /// <inheritdoc cref="Patches"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<SavedErasure>? Erasures { get; init; }

    public static SavedCondition Of(CaptureCondition condition) => new(condition.Name, [.. condition.Blocks.Select(SavedBlock.Of)])
    {
        Patches = condition.Patches.IsEmpty ? null : [.. condition.Patches.Select(SavedPatch.Of)],
        Erasures = condition.Erasures.IsEmpty ? null : [.. condition.Erasures.Select(SavedErasure.Of)],
    };

    public CaptureCondition Restore() => new(Name, [.. Blocks.Select(block => block.Restore())])
    {
        Patches = [.. (Patches ?? []).Select(patch => patch.Restore())],
        Erasures = [.. (Erasures ?? []).Select(erasure => erasure.Restore())],
    };
}

/// <summary>A block as text.</summary>
internal sealed record SavedBlock(Tower Tower, string From, string To, string Layers, ImmutableArray<int>? Heads, bool KeepSelf)
{
    /// <summary>By layer the mean attention input that replaces keys; left out where edges are cut. Numbers are float32, little-endian, in base 64.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<int, byte[]>? Means { get; init; }

    public static SavedBlock Of(AttentionBlock block) => new(block.Tower, TokenSetText.Write(block.From), TokenSetText.Write(block.To), $"{block.Layers}", block.Heads, block.KeepSelf)
    {
        Means = block.Means is { } means ? new(means.Inputs.ToDictionary(layer => layer.Key, layer => SavedErasure.Bytes(layer.Value))) : null,
    };

    public AttentionBlock Restore() => new(Tower, TokenSetText.Parse(From, Tower), TokenSetText.Parse(To, Tower))
    {
        Layers = LayerSelectionText.Parse(Layers),
        Heads = Heads,
        KeepSelf = KeepSelf,
        Means = Means is null ? null : new KeyMeans(Means.ToImmutableSortedDictionary(layer => layer.Key, layer => SavedErasure.Numbers(layer.Value))),
    };
}

/// <summary>A patch as text, with the condition that it takes from.</summary>
internal sealed record SavedPatch(string Site, string Tokens, SavedCondition Donor)
{
    /// <summary>The columns of another row; left out where the row takes its own states.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InputColumns? DonorRow { get; init; }

    /// <summary>Left out where states are taken token by token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Mean { get; init; }

    public static SavedPatch Of(ConditionPatch patch) => new($"{patch.Site}", TokenSetText.Write(patch.Tokens), SavedCondition.Of(patch.Donor)) { DonorRow = patch.DonorRow, Mean = patch.Mean };

    public ConditionPatch Restore()
    {
        var site = SiteText.Parse(Site);
        return new ConditionPatch(site, TokenSetText.Parse(Tokens, site.Tower), Donor.Restore()) { DonorRow = DonorRow, Mean = Mean };
    }
}

/// <summary>An erasure as text; numbers are float32, little-endian, in base 64.</summary>
internal sealed record SavedErasure(string Site, string Tokens, byte[] Mean, byte[] Left, byte[] Right)
{
    public static SavedErasure Of(StateErasure erasure) => new(
        $"{erasure.Site}", TokenSetText.Write(erasure.Tokens), Bytes(erasure.Edit.Mean), Bytes(erasure.Edit.Left), Bytes(erasure.Edit.Right));

    public StateErasure Restore()
    {
        var site = SiteText.Parse(Site);
        return new StateErasure(site, TokenSetText.Parse(Tokens, site.Tower), new LinearEdit(Numbers(Mean), Numbers(Left), Numbers(Right)));
    }

    public static byte[] Bytes(ImmutableArray<float> numbers) => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    public static ImmutableArray<float> Numbers(byte[] bytes) => [.. MemoryMarshal.Cast<byte, float>(bytes)];
}
