using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What it takes to repeat the run.</summary>
internal static class ProvenanceSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        var provenance = results.Provenance;
        yield return new Heading(2, "Provenance");
        yield return new Paragraph("This command repeats the run:");
        yield return new Verbatim(provenance.Command);
        yield return TableBlock.Of("What the figures depend on", Facts(provenance)).Text("what", fact => fact.What).Text("value", fact => fact.Value);
        if (results.SavedProbes is { } saved)
        {
            yield return new Paragraph($"{Shown.Counted(saved.Probes, "probe", "probes")}, {Shown.Count(saved.Distinct)} of them different, {Shown.Megabytes(saved.Bytes)}, "
                + $"stand in {saved.File} with what it takes to apply them to other pictures: probe apply.");
        }

        yield return new Paragraph("The experiment file, overrides included:");
        yield return new Verbatim(provenance.Experiment.TrimEnd());
        yield return new Paragraph(
            $"Every number of this page, and those of every penalty that was tried, stand beside it in {ResultsFile.Name} and, as CSV and Parquet, in tables.");
    }

    private static IEnumerable<(string What, string Value)> Facts(Provenance provenance) =>
    [
        ("model", provenance.Model),
        ("SHA-256 of the model's files", provenance.ModelHash),
        ("dataset", provenance.Dataset),
        ("SHA-256 of the dataset's rows", provenance.DatasetHash),
        .. provenance.FeaturesHash is { } hash ? [("SHA-256 of the features", hash)] : Array.Empty<(string, string)>(),
        ("computed", provenance.Computed),
        .. provenance.Seeds.Select(seed => ($"seed: {seed.Key}", Shown.Count(seed.Value))),
        .. provenance.Software.Select(software => (software.Key, software.Value)),
    ];
}
