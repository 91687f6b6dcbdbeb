using ProbePipeline.Inputs.Datasets;

namespace ProbePipeline.Inputs.Tests.Datasets;

public sealed class PartScenesTests
{
    [Fact]
    public void Description_SeedAndCount_AreNamed()
    {
        var dataset = new PartScenes(11, 600);

        Assert.Equal(("partscenes", 600), (dataset.Name, dataset.PictureCount));
        Assert.Equal("PartScenes v1, seed 11, 600 pictures", dataset.Description);
    }

    [Fact]
    public void Attributes_Names_ComeInTheGeneratorsOrder()
    {
        var attributes = new PartScenes(11, 1).Attributes;

        Assert.Equal(["part", "shape", "color", "object"], attributes.Select(attribute => attribute.Name));
        Assert.Equal(
            ["wheel", "light", "window", "eye", "nose", "mouth", "lamp", "roof", "door", "anchor", "sail", "cabin", "apple", "leaf", "trunk"],
            attributes[0].Values);
        Assert.Equal(["red", "green", "blue", "yellow", "purple", "orange", "pink", "white"], attributes[2].Values);
    }

    [Fact]
    public void Pictures_EveryPart_HasKnownAttributesAndAnIdOfItsOwn()
    {
        var dataset = new PartScenes(3, 50);

        var parts = dataset.Pictures.SelectMany(picture => picture.Parts).ToArray();

        Assert.Equal(300, parts.Select(part => part.Id).Distinct().Count());
        foreach (var part in parts)
        {
            Assert.Equal(dataset.Attributes.Select(attribute => attribute.Name), part.Attributes.Keys);
            Assert.All(dataset.Attributes, attribute => Assert.Contains(part.Attributes[attribute.Name], attribute.Values));
        }

        Assert.All(dataset.Pictures, picture => Assert.Equal(6, picture.Parts.Select(part => part.Attributes["color"]).Distinct().Count()));
    }

    [Fact]
    public void Pictures_Ids_NameSceneColourAndShape()
    {
        var picture = new PartScenes(11, 12).Pictures.ElementAt(11);

        Assert.Equal(("scene-00011", 11), (picture.Id, picture.Index));
        Assert.All(picture.Parts, part => Assert.Equal($"scene-00011/{part.Attributes["color"]}-{part.Attributes["shape"]}", part.Id));
    }

    [Fact]
    public void Load_Twice_DrawsTheSameBytes()
    {
        var dataset = new PartScenes(11, 4);
        foreach (var (first, second) in dataset.Pictures.Zip(dataset.Pictures))
        {
            Assert.True(first.Load().Pixels.SequenceEqual(first.Load().Pixels));
            Assert.True(first.Load().Pixels.SequenceEqual(second.Load().Pixels));
            Assert.Equal(first.Parts.Select(part => part.Id), second.Parts.Select(part => part.Id));
        }
    }

    [Fact]
    public void Pictures_LongerDataset_BeginsWithTheSameOnes()
    {
        var (few, many) = (new PartScenes(11, 3), new PartScenes(11, 30));

        Assert.Equal(Pixels(few), Pixels(many)[..3]);
    }

    [Fact]
    public void Pictures_OtherSeeds_DrawOtherScenes() =>
        Assert.Equal(4, Enumerable.Range(-1, 4).SelectMany(seed => Pixels(new PartScenes(seed, 1))).Distinct().Count());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Create_NoPictures_IsRefused(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new PartScenes(11, count));

    private static string[] Pixels(PartScenes dataset) => [.. dataset.Pictures.Select(picture => Convert.ToHexString(picture.Load().Pixels))];
}
