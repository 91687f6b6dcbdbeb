using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Pictures;

public sealed class ImageTokenLayoutTests
{
    [Fact]
    public void Create_LlavaWithClassToken_PutsItFirst()
    {
        var layout = LlavaTokenLayout.Create(new PictureSize(29, 28), new VisionTokens(14, IncludesClassToken: true));

        Assert.Equal<IEnumerable<ImageToken>>(
            [ImageToken.ClassToken(0), ImageToken.Patch(0, 0, 0), ImageToken.Patch(0, 0, 1), ImageToken.Patch(0, 1, 0), ImageToken.Patch(0, 1, 1)],
            layout.Tokens);
        Assert.Equal((1, 2, 2), (layout.TileCount, layout.GridRows, layout.GridColumns));
    }

    [Fact]
    public void Create_LlavaWithoutClassToken_HasPatchesOnly() =>
        Assert.Equal(576, LlavaTokenLayout.Create(new PictureSize(336, 336), new VisionTokens(14)).Count);

    [Fact]
    public void Create_LlavaNextOfTwoTiles_JoinsThemWithoutThePadding()
    {
        // A grid of 4 x 8 patches, of which rows 1 and 2 show the picture.
        var layout = LlavaNextTokenLayout.Create(new PictureSize(10, 40), [new(4, 8)], 4, new VisionTokens(1));

        Assert.Equal(16 + (2 * 9), layout.Count);
        Assert.Equal(ImageToken.Patch(0, 0, 0), layout.Tokens[0]);
        Assert.Equal(
            (ImageToken[])
            [
                ImageToken.Patch(1, 1, 0), ImageToken.Patch(1, 1, 1), ImageToken.Patch(1, 1, 2), ImageToken.Patch(1, 1, 3),
                ImageToken.Patch(2, 1, 0), ImageToken.Patch(2, 1, 1), ImageToken.Patch(2, 1, 2), ImageToken.Patch(2, 1, 3), ImageToken.RowEnd,
            ],
            layout.Tokens.Skip(16).Take(9));
        Assert.Equal(ImageToken.Patch(2, 2, 3), layout.Tokens[^2]);
        Assert.Equal(3, layout.TileCount);
    }

    [Fact]
    public void Create_LlavaNextOfATallPicture_LeavesColumnsOut()
    {
        var layout = LlavaNextTokenLayout.Create(new PictureSize(40, 10), [new(8, 4)], 4, new VisionTokens(1));

        Assert.Equal(16 + (8 * 3), layout.Count);
        Assert.Equal((ImageToken[])[ImageToken.Patch(1, 0, 1), ImageToken.Patch(1, 0, 2), ImageToken.RowEnd], layout.Tokens.Skip(16).Take(3));
        Assert.Equal(ImageToken.Patch(2, 3, 2), layout.Tokens[^2]);
    }

    [Fact]
    public void Create_LlavaNextWithClassToken_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LlavaNextProcessor().Layout(new PictureSize(100, 100), new VisionTokens(14, IncludesClassToken: true)));

    [Theory]
    // The square root of patches by allowed ones: 2, 1.06 (let pass), 1.13 and 1.41.
    [InlineData(8, 8, 1, 4, 4)]
    [InlineData(12, 12, 8, 0, 0)]
    [InlineData(12, 12, 7, 10, 10)]
    [InlineData(8, 4, 1, 5, 2)]
    public void Create_LlavaOnevisionOfManyPatches_ShrinksTheirGrid(int height, int width, int mostTiles, int rows, int columns)
    {
        var layout = LlavaNextTokenLayout.Create(new PictureSize(height, width), [new(height, width)], 4, new VisionTokens(1), mostTiles);

        Assert.Equal((rows, columns), (layout.Shrunk?.Rows ?? 0, layout.Shrunk?.Columns ?? 0));
    }

    [Fact]
    public void Create_Idefics3_MarksTheTilesAndEndsWithTheOverview()
    {
        var layout = Idefics3TokenLayout.Create(new PictureSize(4, 8), 4, new VisionTokens(1, MergedSide: 2));

        Assert.Equal(
            (ImageToken[])[.. new[] { 1, 2, 0 }.SelectMany(tile => PatchGrid.Tokens(tile, 2, 2))],
            layout.Tokens);
        Assert.Equal((3, 2, 2), (layout.TileCount, layout.GridRows, layout.GridColumns));
        // processing_idefics3.py of transformers 5.23, _prompt_split_image and _prompt_single_image.
        const string Four = "<image><image><image><image>";
        Assert.Equal(
            $"<fake_token_around_image><row_1_col_1>{Four}<fake_token_around_image><row_1_col_2>{Four}\n\n<fake_token_around_image><global-img>{Four}<fake_token_around_image>",
            layout.PromptText);
    }

    [Fact]
    public void Create_Idefics3OfOneTile_IsTheOverviewAlone()
    {
        var layout = Idefics3TokenLayout.Create(new PictureSize(2, 2), 2, new VisionTokens(1, MergedSide: 2));

        Assert.Equal((ImageToken[])[ImageToken.Patch(0, 0, 0)], layout.Tokens);
        Assert.Equal("<fake_token_around_image><global-img><image><fake_token_around_image>", layout.PromptText);
    }

    [Theory]
    [InlineData(6, 8, 4, 2)]
    [InlineData(4, 8, 4, 3)]
    public void Create_Idefics3OfBrokenTilesOrSquares_IsRefused(int height, int width, int tile, int mergedSide) =>
        Assert.Throws<ArgumentException>(() => Idefics3TokenLayout.Create(new PictureSize(height, width), tile, new VisionTokens(1, MergedSide: mergedSide)));

    [Fact]
    public void Create_Phi3Vision_EndsWithTheOverviewAfterASeparator()
    {
        var layout = Phi3VisionTokenLayout.Create(new PictureSize(4, 8), 4, new VisionTokens(1));

        Assert.Equal(
            (ImageToken[])
            [
                ImageToken.Patch(1, 0, 0), ImageToken.Patch(1, 0, 1), ImageToken.Patch(2, 0, 0), ImageToken.Patch(2, 0, 1), ImageToken.RowEnd,
                ImageToken.Patch(1, 1, 0), ImageToken.Patch(1, 1, 1), ImageToken.Patch(2, 1, 0), ImageToken.Patch(2, 1, 1), ImageToken.RowEnd,
                ImageToken.Separator,
                ImageToken.Patch(0, 0, 0), ImageToken.Patch(0, 0, 1), ImageToken.RowEnd,
                ImageToken.Patch(0, 1, 0), ImageToken.Patch(0, 1, 1), ImageToken.RowEnd,
            ],
            layout.Tokens);
        Assert.Equal((3, 2, 2), (layout.TileCount, layout.GridRows, layout.GridColumns));
    }

    [Fact]
    public void Create_Phi3VisionOfOddPatches_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Phi3VisionTokenLayout.Create(new PictureSize(3, 3), 3, new VisionTokens(1)));

    [Fact]
    public void Layout_PatchLargerThanTheTile_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new SingleTileProcessor { Crop = new PictureSize(8, 8) }.Layout(new PictureSize(9, 9), new VisionTokens(14)));

    [Fact]
    public void Layout_Phi3VisionPictureTooNarrow_IsRefused()
    {
        var refusal = Assert.Throws<PictureException>(() => new Phi3VisionProcessor().Layout(new PictureSize(2, 5000), new VisionTokens(14)));

        Assert.Contains("2 x 5000", refusal.Message, StringComparison.Ordinal);
    }
}
