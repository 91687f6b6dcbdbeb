using System.Text;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports.Tests.Tables;

public sealed class BaselineTableTests
{
    private static readonly string[] Lines = Encoding.UTF8.GetString(CsvTable.Write(BaselineTable.Of(BaselineStudy.Results))).TrimEnd().Split('\n');

    [Fact]
    public void Of_AllBaselines_HasARowAProbe()
    {
        Assert.Equal("baseline,site,l2,validationAccuracy,testAccuracy,low,high,majority,difference,differenceLow,differenceHigh,signFlip,holm", Lines[0].TrimEnd());
        Assert.Equal(1 + 3 + ReferenceStudy.Results.Conditions["intact"].Probes.Length, Lines.Length);
        Assert.Equal(["pixels", "other labels", "random features", "random model"], Lines.Skip(1).Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public void Of_AnUntrainedNetwork_HasTheModelsDifferenceFromIt()
    {
        Assert.EndsWith(",0.25,0.125,0.375,0.01,0.031", Lines[4].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith(",,,,,", Lines[2].TrimEnd(), StringComparison.Ordinal);
    }
}
