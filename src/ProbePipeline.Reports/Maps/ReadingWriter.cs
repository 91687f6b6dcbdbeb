using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Storage;
using ProbePipeline.Reports.Tables;

namespace ProbePipeline.Reports.Maps;

/// <summary>What a probe says of pictures, for people and programs to read. The same readings give the same bytes.</summary>
public static class ReadingWriter
{
    /// <summary>A row a picture and class as CSV: <c>picture, region, class, probability, rank</c>, the likeliest class first.</summary>
    public static byte[] Csv(ImmutableArray<PictureReading> readings)
    {
        var rows = readings.SelectMany(reading => reading.Ranked.Select((pair, rank) => (reading.Picture, reading.Region, pair.Class, pair.Probability, Rank: rank + 1)));
        return CsvTable.Write(ResultTable.Of("readings", rows)
            .With("picture", row => row.Picture)
            .With("region", row => row.Region)
            .With("class", row => row.Class)
            .With("probability", row => row.Probability)
            .With("rank", row => row.Rank));
    }

    /// <summary>An object a picture as JSON: its file, region, likeliest class, and every class with its probability.</summary>
    public static byte[] Json(ImmutableArray<PictureReading> readings) => [.. JsonSerializer.SerializeToUtf8Bytes(
        readings.Select(reading => new
        {
            reading.Picture,
            reading.Region,
            reading.Predicted,
            Probabilities = new OrderedDictionary<string, double>(reading.Classes.Zip(reading.Probabilities, KeyValuePair.Create)),
        }),
        ResultsJson.Options), (byte)'\n'];

    /// <summary>
    /// A row a patch as CSV: its place in its tile, its edges on the picture in pixels, the likeliest class with its probability, and a column a class,
    /// <c>p(wheel)</c>.
    /// </summary>
    /// <param name="classes">The classes.</param>
    /// <param name="patches">The patches.</param>
    public static byte[] PatchCsv(ImmutableArray<string> classes, ImmutableArray<PatchReading> patches)
    {
        var table = ResultTable.Of("patches", patches)
            .With("tile", patch => patch.Place.Tile)
            .With("row", patch => patch.Place.Row)
            .With("column", patch => patch.Place.Column)
            .With("top", patch => patch.Place.Top)
            .With("left", patch => patch.Place.Left)
            .With("bottom", patch => patch.Place.Bottom)
            .With("right", patch => patch.Place.Right)
            .With("class", patch => classes[patch.Likeliest.Class])
            .With("probability", patch => patch.Likeliest.Probability);
        return CsvTable.Write(classes.Index().Aggregate(table, (known, name) => known.With($"p({name.Item})", patch => patch.Probabilities[name.Index])));
    }

    /// <summary>The map as PNG.</summary>
    /// <exception cref="ArgumentException">The map's class is none of its classes.</exception>
    public static byte[] MapPng(PatchMap map)
    {
        if (map.Class is { } chosen && !map.Classes.Contains(chosen))
        {
            throw new ArgumentException($"expected one of the classes {string.Join(", ", map.Classes)}; found '{chosen}'", nameof(map));
        }

        using var figure = PatchMapChart.Draw(map);
        return figure.ToPng();
    }
}
