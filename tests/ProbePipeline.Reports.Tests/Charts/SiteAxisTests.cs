using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Tests.Charts;

public sealed class SiteAxisTests
{
    [Fact]
    public void Groups_OfTheStudy_AreTowerProjectorAndDecoder()
    {
        var axis = new SiteAxis(ReferenceStudy.Results);

        Assert.Equal(["vision tower", "projector", "language decoder"], axis.Groups.Select(group => group.Name));
        Assert.Equal(13, axis.Sites.Length);
        Assert.Equal(5, axis["vision.resid_post.5"] - axis["vision.resid_post.0"], 9);
        Assert.True(axis["projector"] - axis["vision.resid_post.5"] > 1.5);
        Assert.Equal(axis.End, axis["language.resid_post.5"]);
    }

    [Fact]
    public void Sites_WithPartsOfLayers_LeaveThemToTheTables()
    {
        var intact = ReferenceStudy.Results.Conditions["intact"];
        ProbeResult part = intact.Probes[3] with { Site = "vision.mlp_out.3" };

        var axis = new SiteAxis(ReferenceStudy.With(("intact", intact with { Probes = intact.Probes.Insert(3, part) })));

        Assert.False(axis.Has("vision.mlp_out.3"));
        Assert.Equal(13, axis.Sites.Length);
    }

    [Fact]
    public void Sites_PartsOfLayersAlone_AreDrawn()
    {
        var intact = ReferenceStudy.Results.Conditions["intact"];

        Assert.True(new SiteAxis(ReferenceStudy.With(("intact", intact with { Probes = [intact.Probes[3] with { Site = "vision.mlp_out.3" }] }))).Has("vision.mlp_out.3"));
    }

    [Fact]
    public void Ticks_MoreSitesThanRoom_AreThinned()
    {
        var axis = new SiteAxis(ReferenceStudy.With(("intact", ReferenceStudy.Deep(24, 40, 0.9))));

        Assert.Equal(["0", "4", "8", "12", "16", "20", "", "0", "4"], axis.Ticks(19).Take(9).Select(tick => tick.Text));
    }
}
