using System.Collections.Immutable;
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
        yield return new TableBlock(
            "What the figures depend on",
            [new("what", false), new("value", false)],
            [
                ["model", provenance.Model],
                ["SHA-256 of the model's files", provenance.ModelHash],
                ["dataset", provenance.Dataset],
                ["SHA-256 of the dataset's rows", provenance.DatasetHash],
                .. new[] { provenance.FeaturesHash }.OfType<string>().Select(hash => new[] { "SHA-256 of the features", hash }.ToImmutableArray()),
                ["computed", provenance.Computed],
                .. provenance.Seeds.Select(seed => new[] { $"seed: {seed.Key}", Shown.Count(seed.Value) }.ToImmutableArray()),
                .. provenance.Software.Select(software => new[] { software.Key, software.Value }.ToImmutableArray()),
            ]);
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
}
