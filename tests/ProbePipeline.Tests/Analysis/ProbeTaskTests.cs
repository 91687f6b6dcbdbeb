using ProbePipeline.Analysis;
using ProbePipeline.Probes;

namespace ProbePipeline.Tests.Analysis;

public sealed class ProbeTaskTests
{
    [Fact]
    public void RequireRoom_MoreNumbersThanAnArrayHolds_SaysHowManyRowsFit()
    {
        ProbeTask.RequireRoom(524_287, 4096);
        Assert.Equal(
            "probe: expected at most 524287 rows where a site has 4096 numbers a row, since a site's vectors are held at once; found 524288; take fewer rows (dataset.select), or capture without a probe (probe: null)",
            Assert.Throws<ProbeException>(() => ProbeTask.RequireRoom(524_288, 4096)).Message);
    }
}
