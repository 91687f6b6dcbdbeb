using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>The ways that blocks leave open in one row.</summary>
internal static class RowPaths
{
    private static readonly TokenSet[] VisionKinds = [TokenSet.ClassTokens, TokenSet.Registers, TokenSet.Region, TokenSet.Outside];
    private static readonly TokenSet[] LanguageKinds = [TokenSet.Separators, TokenSet.Region, TokenSet.Outside, TokenSet.Last, TokenSet.Question, TokenSet.Text];

    public static ImmutableArray<RemainingPath> Of(Network network, BatchTokens tokens, IReadOnlyList<AttentionBlock> blocks)
    {
        var paths = ImmutableArray.CreateBuilder<RemainingPath>();
        if (network.VisionTower is { } tower && !tokens.Tiles.IsEmpty)
        {
            using var mask = AttentionMask.Build(Tower.Vision, tower.AttentionShape, tokens.Tiles, blocks, firstQuery: 0, network.Device);
            // Tiles do not see one another; the shortest way in any of them counts.
            paths.Add(tokens.Tiles.Select((tile, index) => PathSearch.Shortest(mask, index, tile, Tower.Vision, TokenSet.Outside, TokenSet.Region, VisionKinds))
                .MinBy(path => path.Exists ? path.Through.Length : int.MaxValue)!);
        }

        // Ways lead from the picture: a row without one has none to look for.
        if (network.Decoder is { } decoder && tokens.Rows[0].Has(TokenSet.Image))
        {
            using var mask = AttentionMask.Build(Tower.Language, decoder.AttentionShape, tokens.Rows, blocks, firstQuery: 0, network.Device);
            foreach (var target in new[] { TokenSet.Region, TokenSet.Last })
            {
                paths.Add(PathSearch.Shortest(mask, 0, tokens.Rows[0], Tower.Language, TokenSet.Outside, target, LanguageKinds));
            }
        }

        return paths.ToImmutable();
    }
}
