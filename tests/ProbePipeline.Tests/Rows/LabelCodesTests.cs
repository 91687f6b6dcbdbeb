using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Rows;

namespace ProbePipeline.Tests.Rows;

public sealed class LabelCodesTests
{
    [Fact]
    public void Of_TwoFields_HasAOneForEveryFieldsValue()
    {
        using var model = SampleModel.Load();
        var rows = SampleModel.Rows(model, new PartScenes(11, 4), TestContext.Current.CancellationToken).Rows;
        string[] colors = [.. rows.Select(row => row.Part.Attributes["color"]).Distinct().Order(StringComparer.Ordinal)];
        string[] shapes = [.. rows.Select(row => row.Part.Attributes["shape"]).Distinct().Order(StringComparer.Ordinal)];

        var codes = LabelCodes.Of(rows, ["color", "shape"]);

        Assert.Equal((24, colors.Length + shapes.Length), (codes.Rows, codes.Width));
        for (var row = 0; row < codes.Rows; row++)
        {
            var values = codes[row].ToArray();
            Assert.Equal(2, values.Sum());
            Assert.Equal(1, values[Array.IndexOf(colors, rows[row].Part.Attributes["color"])]);
            Assert.Equal(1, values[colors.Length + Array.IndexOf(shapes, rows[row].Part.Attributes["shape"])]);
        }
    }
}
