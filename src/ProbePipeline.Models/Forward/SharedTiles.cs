using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// The tiles that the vision tower really sees: questions about one picture share its tiles, unless a block gives every question a mask of its
/// own. Rows find their tiles again by <see cref="Slots"/>.
/// </summary>
internal sealed class SharedTiles
{
    private SharedTiles(ImmutableArray<PictureInput> pictures, ImmutableArray<TokenSequence> sequences, ImmutableArray<int> slots, ImmutableArray<long>? imageTokens)
    {
        Pictures = pictures;
        Sequences = sequences;
        Slots = slots;
        ImageTokens = imageTokens;
    }

    /// <summary>The distinct pictures, in the order of their tiles.</summary>
    public ImmutableArray<PictureInput> Pictures { get; }

    /// <summary>The distinct tiles.</summary>
    public ImmutableArray<TokenSequence> Sequences { get; }

    /// <summary>For every tile of every row its place among the distinct ones.</summary>
    public ImmutableArray<int> Slots { get; }

    /// <summary>For every image token of every row its place among those of the distinct pictures; null where they are the same.</summary>
    public ImmutableArray<long>? ImageTokens { get; }

    /// <param name="tokens">The batch.</param>
    /// <param name="unshared">Whether every row shall have tiles of its own: <see cref="ArePerRow"/>.</param>
    public static SharedTiles Of(BatchTokens tokens, bool unshared)
    {
        var places = new Dictionary<(ReadOnlyMemory<float> Pixels, ImageTokenLayout Layout, int Row), (int Tile, long Token)>();
        var pictures = ImmutableArray.CreateBuilder<PictureInput>();
        var sequences = ImmutableArray.CreateBuilder<TokenSequence>();
        var slots = ImmutableArray.CreateBuilder<int>();
        var imageTokens = ImmutableArray.CreateBuilder<long>();
        var (rowTile, tokenCount) = (0, 0L);
        foreach (var (row, picture) in tokens.Batch.Rows.Index().SelectMany(row => row.Item.Pictures.Select(picture => (row.Index, picture))))
        {
            var tiles = picture.Layout.TileCount;
            var key = (picture.Pixels, picture.Layout, unshared ? row : 0);
            if (!places.TryGetValue(key, out var place))
            {
                places[key] = place = (sequences.Count, tokenCount);
                pictures.Add(picture);
                sequences.AddRange(tokens.Tiles.Slice(rowTile, tiles));
                tokenCount += picture.Layout.Count;
            }

            slots.AddRange(Enumerable.Range(place.Tile, tiles));
            imageTokens.AddRange(Enumerable.Range(0, picture.Layout.Count).Select(token => place.Token + token));
            rowTile += tiles;
        }

        return new SharedTiles(
            pictures.ToImmutable(), sequences.ToImmutable(), slots.ToImmutable(), tokenCount == imageTokens.Count ? null : imageTokens.ToImmutable());
    }

    /// <summary>Whether a request does something else to the tiles of two rows with the same picture, or shows them row by row.</summary>
    public static bool ArePerRow(ForwardRequest request) => request.Patterns.Any(pattern => pattern.Tower == Tower.Vision)
        || request.Blocks.Any(block => block.Tower == Tower.Vision && (NamesRegion(block.From) || NamesRegion(block.To)))
        || request.Edits.Any(edit => edit.Site.Tower == Tower.Vision && (edit is StatePatch || NamesRegion(edit.Tokens)));

    private static bool NamesRegion(TokenSet set) => set.Names(TokenSet.Region) || set.Names(TokenSet.Outside);
}
