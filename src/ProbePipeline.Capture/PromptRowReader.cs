using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;

namespace ProbePipeline.Capture;

/// <summary>Rows as a network takes them. Questions about one picture follow one another, so the last picture is kept ready.</summary>
internal sealed class PromptRowReader(ProbedModel model)
{
    private Picture? _picture;
    private (ReadOnlyMemory<float> Pixels, ImageTokenLayout Layout) _prepared;

    /// <param name="picture">The row's picture; passed over where the model sees none.</param>
    /// <param name="region">The part that it asks about; null: none.</param>
    /// <param name="prompt">The prompt, with a placeholder where the picture stands; passed over where the model reads no text.</param>
    public PromptRow Read(Picture picture, RegionMask? region, string prompt)
    {
        if (!model.ReadsPictures)
        {
            return new PromptRow(PromptTokens.Encode(model.Tokenizer, prompt, [], model.Network.ImageTokenId));
        }

        if (!ReferenceEquals(picture, _picture))
        {
            var layout = model.Processor.Layout(picture.Size, model.VisionTokens);
            _prepared = (model.Processor.Process(picture).PixelsOf(layout), layout);
            _picture = picture;
        }

        return new PromptRow(model.ReadsText ? model.Encode(prompt, _prepared.Layout) : [], [new PictureInput(_prepared.Pixels, _prepared.Layout, region is null ? null : Region(picture, region))]);
    }

    private PictureRegion Region(Picture picture, RegionMask mask)
    {
        var found = model.Regions.Map(mask, picture.Size, model.Processor, model.VisionTokens);
        // Tiles that show nothing of the picture hold no patch of the region.
        var none = Enumerable.Repeat(System.Collections.Immutable.ImmutableArray<int>.Empty, Math.Max(0, _prepared.Layout.TileCount - found.TilePatches.Length));
        return new PictureRegion([.. found.TilePatches, .. none], found.Tokens);
    }
}
