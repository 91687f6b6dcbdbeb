using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.CocoParts;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Datasets.CocoParts;

/// <summary>Files of the forms that COCO's page ("Data format"), PACO's README (facebookresearch/paco) and PartImageNet's annotations describe.</summary>
public sealed class CocoPartsDatasetTests : IDisposable
{
    private const string Images = """ "images": [{"id": 7, "file_name": "x/a.png", "height": 10, "width": 20}, {"id": 8, "file_name": "b.png"}] """;

    private readonly DatasetFolder _folder = new();

    public CocoPartsDatasetTests() => _folder.Picture("pictures/x/a.png", new PictureSize(10, 20));

    [Fact]
    public void Pictures_OfPaco_AreItsPartsWithoutWholeObjects()
    {
        var dataset = Open($$"""
            {{{Images}},
             "categories": [{"id": 1, "name": "car_(automobile)", "supercategory": "OBJECT"}, {"id": 2, "name": "car_(automobile):wheel", "supercategory": "PART"}],
             "annotations": [
               {"id": 100, "obj_ann_id": 100, "image_id": 7, "category_id": 1, "segmentation": [[0, 0, 9, 0, 9, 9]]},
               {"id": 101, "obj_ann_id": 100, "image_id": 7, "category_id": 2, "segmentation": [[2, 3, 7, 3, 7, 8, 2, 8]], "bbox": [2, 3, 5, 5]},
               {"id": 102, "obj_ann_id": 100, "image_id": 7, "category_id": 2, "segmentation": {"size": [10, 20], "counts": [25, 3, 172]}, "iscrowd": 0},
               {"id": 103, "obj_ann_id": 100, "image_id": 7, "category_id": 2, "segmentation": {"size": [10, 20], "counts": [25, 3, 172]}, "iscrowd": 1}]}
            """);
        var picture = Assert.Single(dataset.Pictures);
        Assert.Equal(("x/a.png", new PictureSize(10, 20)), (picture.Id, picture.Load().Size));
        Assert.Equal([("101", 25), ("102", 3)], picture.Parts.Select(part => (part.Id, part.Mask.Area)));
        Assert.Equal(("wheel", "car_(automobile)", "car_(automobile):wheel"), (picture.Parts[0].Attributes["part"], picture.Parts[0].Attributes["object"], picture.Parts[0].Attributes["category"]));
        Assert.Equal(["wheel"], dataset.Attributes[0].Values);
    }

    [Fact]
    public void Pictures_OfPartImageNet_HaveTheObjectFromTheSupercategory()
    {
        var part = DatasetFolder.PartsOf(Open($$"""
            {{{Images}}, "categories": [{"id": 0, "name": "Quadruped Head", "supercategory": "Quadruped"}],
             "annotations": [{"id": 1, "image_id": 7, "category_id": 0, "segmentation": [[2, 3, 7, 3, 7, 8, 2, 8]]}]}
            """)).Single();
        Assert.Equal(("Head", "Quadruped", "Quadruped Head"), (part.Attributes["part"], part.Attributes["object"], part.Attributes["category"]));
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 9, "category_id": 0, "segmentation": []}""", "annotation 1: expected the id of an image; found 9")]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": 5, "segmentation": []}""", "annotation 1: expected the id of a category; found 5")]
    [InlineData("""{"id": "x"}""", "expected a file in COCO's form")]
    public void Pictures_AnnotationThatCannotBe_IsRefusedByItsId(string annotation, string expected)
    {
        var error = Assert.Throws<DatasetException>(() => Open($$"""{{{Images}}, "categories": [{"id": 0, "name": "head"}], "annotations": [{{annotation}}]}""").PictureCount);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("parts.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"images": [{"id": 1, "file_name": "a"}, {"id": 1, "file_name": "b"}], "categories": [{"id": 0, "name": "x"}], "annotations": [{"id": 1, "image_id": 1, "category_id": 0}]}""", "images: expected every id once; found 1 twice")]
    [InlineData("""{"images": [{"id": 1, "file_name": "../a"}], "categories": [{"id": 0, "name": "x"}], "annotations": [{"id": 1, "image_id": 1, "category_id": 0}]}""", "expected a path inside")]
    [InlineData("[]", "expected a file in COCO's form")]
    [InlineData("{}", "expected COCO's lists")]
    public void Pictures_NoSuchFile_IsRefused(string json, string expected) => Assert.Contains(expected, Assert.Throws<DatasetException>(() => Open(json).PictureCount).Message, StringComparison.Ordinal);

    [Fact]
    public void Pictures_FileThatIsNotThere_IsRefused() => Assert.Contains("none.json", Assert.Throws<DatasetException>(() => new CocoPartsDataset(_folder["none.json"], null).PictureCount).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private CocoPartsDataset Open(string json) => new(_folder.Write("parts.json", json), _folder["pictures"]);
}
