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
        var rows = readings.SelectMany(reading => reading.Ranked.Select((pair, rank) => (reading.Picture, reading.Region, pair.Class, pair.Probability, Rank: rank + 1))).ToArray();
        return CsvTable.Write(new ResultTable(
            "readings",
            ResultColumn.Of("picture", rows.Select(row => row.Picture)),
            ResultColumn.Of("region", rows.Select(row => row.Region)),
            ResultColumn.Of("class", rows.Select(row => row.Class)),
            ResultColumn.Of("probability", rows.Select(row => row.Probability)),
            ResultColumn.Of("rank", rows.Select(row => row.Rank))));
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
    public static byte[] PatchCsv(ImmutableArray<string> classes, ImmutableArray<PatchReading> patches) => CsvTable.Write(new ResultTable(
        "patches",
        [
            ResultColumn.Of("tile", patches.Select(patch => patch.Place.Tile)),
            ResultColumn.Of("row", patches.Select(patch => patch.Place.Row)),
            ResultColumn.Of("column", patches.Select(patch => patch.Place.Column)),
            ResultColumn.Of("top", patches.Select(patch => patch.Place.Top)),
            ResultColumn.Of("left", patches.Select(patch => patch.Place.Left)),
            ResultColumn.Of("bottom", patches.Select(patch => patch.Place.Bottom)),
            ResultColumn.Of("right", patches.Select(patch => patch.Place.Right)),
            ResultColumn.Of("class", patches.Select(patch => classes[patch.Likeliest.Class])),
            ResultColumn.Of("probability", patches.Select(patch => patch.Likeliest.Probability)),
            .. classes.Select((name, index) => ResultColumn.Of($"p({name})", patches.Select(patch => patch.Probabilities[index]))),
        ]));

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

    /// <summary>Writes a file that is there wholly or not at all; its folder is made where it is missing.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, byte[] content) => FinishedFile.Write(path, content);
}
