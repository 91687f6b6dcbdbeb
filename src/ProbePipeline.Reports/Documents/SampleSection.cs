using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Maps;

namespace ProbePipeline.Reports.Documents;

/// <summary>A few test rows to look at.</summary>
internal static class SampleSection
{
    private const string Folder = "samples";

    // Three pixels of a sheet to one of a sample picture of 112.
    private const int MapSide = 168;

    /// <summary>The file of a row's picture, from the report's folder.</summary>
    /// <param name="place">The row's place among the samples, from 0.</param>
    public static string FileOf(int place) => $"{Folder}/{Shown.Count(place + 1)}.png";

    /// <summary>The file of the map over that picture.</summary>
    /// <inheritdoc cref="FileOf"/>
    public static string MapFileOf(int place) => $"{Folder}/map-{Shown.Count(place + 1)}.png";

    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.Samples.IsEmpty)
        {
            yield break;
        }

        yield return new Heading(2, "Sample rows");
        yield return new Gallery([.. Rows(results)]);
        if (results.SampleMaps is { } maps)
        {
            yield return new Paragraph($"The same pictures, each patch with the class that the probe at {maps.Site} reads there under {maps.Condition}; the paler, the less sure. Numbers and colours go by the count of patches, picture by picture. The probe was "
                + "trained on regions and knows no \"nothing\", so it names a class on the background, too; and a single patch is no region, so compare patches with each other.");
            yield return new Gallery([.. Maps(results, maps)]);
        }
    }

    /// <summary>The samples with the files that their pictures lie in.</summary>
    public static ImmutableArray<SamplePicture> Pictures(ExperimentResults results) => [.. Rows(results), .. results.SampleMaps is { } maps ? Maps(results, maps) : []];

    private static IEnumerable<SamplePicture> Rows(ExperimentResults results) =>
        results.Samples.Select((sample, place) => Picture(sample, FileOf(place)));

    private static IEnumerable<SamplePicture> Maps(ExperimentResults results, SampleMaps maps) => results.Samples.Zip(maps.Rows).Select((row, place) =>
    {
        var map = new PatchMap { Title = row.First.Id, Subtitle = maps.Site, Picture = row.First.Png, Classes = results.Classes, Patches = row.Second };
        using var figure = PatchMapChart.DrawPatches(map, MapSide);
        return new SamplePicture(
            MapFileOf(place),
            [.. figure.ToPng()],
            $"Patches of the picture of row {row.First.Id}, each in the colour of the class that the probe reads there",
            row.First.Id,
            [.. new PatchLegend(map, ChartTheme.Light).Lines.Where(line => line.Number.Length > 0).Select(line => $"{line.Number} {line.Text}")]);
    });

    private static SamplePicture Picture(SampleRow sample, string file) => new(
        file,
        sample.Png,
        $"Picture of row {sample.Id} with its region marked",
        sample.Id,
        [
            sample.Question,
            $"right answer: {sample.Label}",
            .. sample.Written.Select(written => $"{written.Key} wrote: {written.Value}"),
            .. sample.Answers.Select(answer => $"{answer.Key}: {answer.Value} {(answer.Value == sample.Label ? "✓" : "✗")}"),
        ]);
}
