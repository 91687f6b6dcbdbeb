using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Capture;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Reports.Maps;
using ProbePipeline.Reports.Sheets;
using ProbePipeline.Rows;

namespace ProbePipeline.Inspection;

/// <summary>One row's tokens in both towers, to be shown where they lie.</summary>
internal sealed class RowTokens
{
    private readonly ProbedModel _model;
    private readonly ExperimentRow _row;
    private readonly ImmutableArray<byte> _picture;
    private readonly ImmutableArray<ImageToken> _imageTokens;

    public RowTokens(ProbedModel model, ExperimentRow row)
    {
        var picture = row.Picture;
        (_model, _row) = (model, row);
        _picture = SamplePicture.Png(picture, row.Region);
        _imageTokens = model.ReadsPictures ? model.Processor.Layout(picture.Size, model.VisionTokens).Tokens : [];
        Input = model.Read(picture, row.Region, row.Prompt);
    }

    /// <summary>The towers that the network has, the one that answers first.</summary>
    public IEnumerable<Tower> Towers => [.. _model.ReadsText ? [Tower.Language] : Array.Empty<Tower>(), .. _model.ReadsPictures ? [Tower.Vision] : Array.Empty<Tower>()];

    /// <summary>What is shown of a row by itself: its region, or where the model sees no pictures, its last token.</summary>
    public AttentionBlock Shown(Tower tower) => _model.ReadsPictures ? new(tower, TokenSet.Region, TokenSet.Region) : new(tower, TokenSet.Last, TokenSet.Last);

    /// <summary>The row as the network takes it.</summary>
    public PromptRow Input { get; }

    /// <summary>The tokens of a tower that are chosen: one picture, or where the model sees tiles beside an overview, one of each.</summary>
    /// <param name="tower">The tower.</param>
    /// <param name="title">What is chosen.</param>
    /// <param name="members">For every tile, or for the one row, whether a position is chosen.</param>
    public IEnumerable<SheetPicture> Show(Tower tower, string title, ImmutableArray<ImmutableArray<bool>> members) =>
        tower == Tower.Vision ? ShowTiles(title, members) : ShowRow(title, members[0]);

    private static string Share(IEnumerable<bool> members)
    {
        var all = members.ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count(member => member)} of {all.Length}");
    }

    private IEnumerable<SheetPicture> ShowTiles(string title, ImmutableArray<ImmutableArray<bool>> members)
    {
        var vision = _model.Network.Vision!;
        var patches = members.SelectMany(tile => tile.Skip(vision.LeadingTokenCount)).ToArray();
        var footprints = PatchFootprints.OfPatches(_row.Picture.Size, _model.Processor, _model.VisionTokens);
        return Views(title, footprints, patches, [$"patches: {Share(patches)}"], tiles =>
            vision.ClassTokenCount == 0 ? [] : [.. tiles.Select(tile => new TokenWord(members.Length == 1 ? "class token" : $"class token of tile {tile}", members[tile][0]))]);
    }

    private IEnumerable<SheetPicture> ShowRow(string title, ImmutableArray<bool> members)
    {
        var positions = Input.TokenIds.Select((id, position) => (Id: id, Member: members[position])).ToArray();
        var image = positions.Where(token => _model.Network.IsImagePlaceholder(token.Id)).Select(token => token.Member).ToArray();
        var text = positions.Where(token => !_model.Network.IsImagePlaceholder(token.Id)).ToArray();
        var footprints = !_model.ReadsPictures ? [] : PatchFootprints.OfTokens(_row.Picture.Size, _model.Processor, _model.VisionTokens);
        return Views(title, footprints, image, [.. _model.ReadsPictures ? [$"image tokens: {Share(image)}"] : Array.Empty<string>(), $"text tokens: {Share(text.Select(token => token.Member))}"], _ => [.. Words(positions, image)]);
    }

    /// <summary>The prompt in reading order; a picture's tokens are one word, and what of them lies nowhere in it one a kind.</summary>
    private IEnumerable<TokenWord> Words((int Id, bool Member)[] positions, bool[] image)
    {
        var placeholders = 0;
        foreach (var (id, member) in positions)
        {
            if (!_model.Network.IsImagePlaceholder(id))
            {
                yield return new TokenWord(TokenSpan.Visible(_model.Tokenizer.TokenOf(id) ?? $"#{id}"), member);
            }
            else if (placeholders++ == 0)
            {
                foreach (var kind in _imageTokens.Zip(image).GroupBy(token => token.First.Kind))
                {
                    yield return new TokenWord($"{TokenSpan.Name(kind.Key)}: {Share(kind.Select(token => token.Second))}", kind.Any(token => token.Second));
                }
            }
        }
    }

    // Tiles and overview lie over one another, so each is shown by itself.
    private IEnumerable<SheetPicture> Views(
        string title, ImmutableArray<PatchFootprint> footprints, bool[] members, ImmutableArray<string> lines, Func<IReadOnlyList<int>, ImmutableArray<TokenWord>> words)
    {
        var tiled = footprints.Any(footprint => footprint.Token.Tile > 0);
        // Where the model sees no pictures the row's is shown all the same, with no token on it.
        foreach (var ofTiles in tiled ? [false, true] : new[] { false })
        {
            var name = !tiled ? title : ofTiles ? $"{title}, tiles" : $"{title}, overview";
            PatchFootprint[] view = [.. footprints.Where(footprint => footprint.Token.Tile > 0 == ofTiles || !tiled)];
            yield return new SheetPicture(
                new TokenMap(
                    _picture,
                    [.. view.Select(footprint => new TokenPatch(footprint.Place(), members[footprint.Index]))],
                    words([.. view.Select(footprint => footprint.Token.Tile).Distinct()])),
                $"The picture of row {_row.Id} with its region outlined and the chosen tokens tinted: {name}; {string.Join(", ", lines)}",
                name,
                lines);
        }
    }
}
