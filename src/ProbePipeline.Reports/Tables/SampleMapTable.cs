using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>What a probe reads at the patches of the sample pictures: a row a patch.</summary>
internal static class SampleMapTable
{
    public static ResultTable Of(ExperimentResults results)
    {
        (string Id, PatchDecision Patch)[] rows = results.SampleMaps is { } maps ? [.. results.Samples.Zip(maps.Rows).SelectMany(row => row.Second.Select(patch => (row.First.Id, patch)))] : [];
        return ResultTable.Of("sample-maps", rows)
            .With("id", row => row.Id)
            .With("condition", _ => results.SampleMaps!.Condition)
            .With("site", _ => results.SampleMaps!.Site)
            .With("tile", row => row.Patch.Place.Tile)
            .With("row", row => row.Patch.Place.Row)
            .With("column", row => row.Patch.Place.Column)
            .With("class", row => results.Classes[row.Patch.Class])
            .With("probability", row => row.Patch.Probability);
    }
}
