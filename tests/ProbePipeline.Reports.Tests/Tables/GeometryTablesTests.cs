using System.Text;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports.Tests.Tables;

public sealed class GeometryTablesTests
{
    [Fact]
    public void Of_Transfers_HasDifferencesWithTheirIntervals()
    {
        var lines = Csv("transfers");

        Assert.Equal("trained,tested,site,accuracy,low,high,difference,differenceLow,differenceHigh", lines[0]);
        Assert.Matches(@"^intact,vision-cut,vision\.resid_post\.0,0\.\d+,0\.\d+,0\.\d+,-0\.04,-0\.06,-0\.02$", lines[1]);
    }

    [Fact]
    public void Of_Similarities_LeavesWhatIsMissingEmpty()
    {
        var lines = Csv("similarities");

        Assert.Equal("condition,against,site,cosine,cka", lines[0]);
        Assert.Equal("vision-cut,intact,vision.resid_post.0,0.95,0.97", lines[1]);
        Assert.Equal("both-cut,intact,vision.resid_post.0,0.85,", lines[3]);
    }

    [Fact]
    public void Of_Erasures_HasTheOtherFieldBeside()
    {
        var lines = Csv("erasures");

        Assert.Equal("condition,site,rank,before,sameProbe,after,low,high,majority,otherField,otherBefore,otherAfter,otherLow,otherHigh,otherMajority", lines[0]);
        Assert.EndsWith(",0.0625,0.075,0.05,0.1,0.0791667,color,0.986,0.972,-0.042,0.014,0.153", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Directions_HasARowAStep() => Assert.Equal(
        [
            "condition,site,file,removed,validationAccuracy,testAccuracy,low,high",
            "intact,vision.resid_post.4,directions/intact.vision.resid_post.4.safetensors,0,0.95,0.93,0.9,0.96",
            "intact,vision.resid_post.4,directions/intact.vision.resid_post.4.safetensors,14,0.5,0.46,0.4,0.5",
        ],
        Csv("nullspace").Take(3));

    [Fact]
    public void Of_StudyWithoutAny_HasNoRows() => Assert.All(
        GeometryTables.Of(ReferenceStudy.Results with { CrossCondition = null, Erasures = [], Directions = [] }), table => Assert.Equal(0, table.Rows));

    private static string[] Csv(string name) => Encoding.UTF8.GetString(CsvTable.Write(ResultTables.Of(ReferenceStudy.Results).Single(table => table.Name == name))).Split('\n');
}
