using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>What a probe reads at the patches of the sample pictures: a row a patch.</summary>
internal static class SampleMapTable
{
    public static ResultTable Of(ExperimentResults results)
    {
        (string Id, PatchDecision Patch)[] rows = results.SampleMaps is { } maps ? [.. results.Samples.Zip(maps.Rows).SelectMany(row => row.Second.Select(patch => (row.First.Id, patch)))] : [];
        return new(
            "sample-maps",
            ResultColumn.Of("id", rows.Select(row => row.Id)),
            ResultColumn.Of("condition", rows.Select(_ => results.SampleMaps!.Condition)),
            ResultColumn.Of("site", rows.Select(_ => results.SampleMaps!.Site)),
            ResultColumn.Of("tile", rows.Select(row => row.Patch.Place.Tile)),
            ResultColumn.Of("row", rows.Select(row => row.Patch.Place.Row)),
            ResultColumn.Of("column", rows.Select(row => row.Patch.Place.Column)),
            ResultColumn.Of("class", rows.Select(row => results.Classes[row.Patch.Class])),
            ResultColumn.Of("probability", rows.Select(row => row.Patch.Probability)));
    }
}
