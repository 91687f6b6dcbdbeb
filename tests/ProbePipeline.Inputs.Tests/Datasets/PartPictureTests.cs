using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Datasets;

public sealed class PartPictureTests
{
    [Fact]
    public void Parts_AskedForTwice_AreFoundOnceAndWithoutThePixels()
    {
        var found = 0;
        var picture = new PartPicture("picture", 0, () => throw new PictureException("not asked for"), () =>
        {
            found++;
            return [];
        });
        Assert.Equal(0, found);

        Assert.Empty(picture.Parts);
        Assert.Empty(picture.Parts);

        Assert.Equal(1, found);
        Assert.Throws<PictureException>(picture.Load);
    }

    [Fact]
    public void Attributes_Order_IsKept()
    {
        var part = new PicturePart("part", RegionMask.Create(new PictureSize(1, 1), (_, _) => true), [new("z", "1"), new("a", "2"), new("m", "3")]);

        Assert.Equal(["z", "a", "m"], part.Attributes.Keys);
    }

    [Fact]
    public void Attributes_NamedTwice_AreRefused() => Assert.Throws<ArgumentException>(() =>
        new PicturePart("part", RegionMask.Create(new PictureSize(1, 1), (_, _) => true), [new("a", "1"), new("a", "2")]));
}
