using ProbePipeline.Applying;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Tests.Applying;

public sealed class RegionChoiceTests : IDisposable
{
    private static readonly PictureSize Size = new(6, 8);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rectangle_WithinThePicture_CoversItsPixels()
    {
        var mask = RegionChoice.Rectangle("5,1,3,2").On(Size)!;
        Assert.Equal(new PictureRectangle(1, 5, 3, 8), mask.Bounds);
        Assert.Equal(6, mask.Area);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,0")]
    [InlineData("-1,2,3,4")]
    [InlineData("1.5,2,3,4")]
    [InlineData("1,2,3,4,5")]
    public void Rectangle_NoRectangle_SaysWhatItExpects(string text) =>
        Assert.Contains($"expected a region as x,y,width,height in whole pixels of the picture, such as 40,24,16,16; found '{text}'", Assert.Throws<ApplyException>(() => RegionChoice.Rectangle(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("6,0,3,1")]
    [InlineData("0,6,1,1")]
    [InlineData("2147483647,0,2147483647,1")]
    public void Rectangle_ReachingOut_IsRefusedWithThePicturesSize(string text) =>
        Assert.Contains("within a picture of 8 pixels in 6 rows", Assert.Throws<ApplyException>(() => RegionChoice.Rectangle(text).On(Size)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mask_NumberedParts_CoverAllOrOne()
    {
        var path = Write(0, 1, 2, 2);
        Assert.Equal(3, RegionChoice.Mask(path).On(new PictureSize(2, 2))!.Area);
        Assert.Equal(2, RegionChoice.Mask(path, 2).On(new PictureSize(2, 2))!.Area);
        Assert.Contains("found no pixel of value 7", Assert.Throws<ApplyException>(() => RegionChoice.Mask(path, 7)).Message, StringComparison.Ordinal);
        Assert.Contains("expected a mask of the picture's size, 6 x 8 pixels (height x width); found 2 x 2", Assert.Throws<ApplyException>(() => RegionChoice.Mask(path).On(Size)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_OfNothing_IsRefused() =>
        Assert.Contains("found no pixel that is not black", Assert.Throws<ApplyException>(() => RegionChoice.Mask(Write(0, 0, 0, 0))).Message, StringComparison.Ordinal);

    [Fact]
    public void WholePicture_MarksNothing() => Assert.Null(RegionChoice.WholePicture.On(Size));

    private string Write(params byte[] numbers)
    {
        File.WriteAllBytes(_folder["mask.png"], PictureEncoder.EncodePng(new PictureSize(2, 2), numbers));
        return _folder["mask.png"];
    }
}
