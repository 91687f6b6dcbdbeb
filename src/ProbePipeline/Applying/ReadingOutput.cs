using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Reports.Maps;

namespace ProbePipeline.Applying;

/// <summary>The files of an application: readings of all pictures, and maps by picture.</summary>
internal sealed class ReadingOutput
{
    private readonly string _folder;
    private readonly ImmutableArray<string> _classes;
    private readonly SavedProbe _saved;
    private readonly List<string> _files = [];

    private ReadingOutput(string folder, ImmutableArray<string> classes, SavedProbe saved) => (_folder, _classes, _saved) = (folder, classes, saved);

    /// <summary>What was written.</summary>
    public ImmutableArray<string> Files => [.. _files];

    /// <summary>The folder of an application; null where nothing is to be written.</summary>
    /// <exception cref="ApplyException">There is no folder for maps, a class is unknown, or two pictures would become one file.</exception>
    public static ReadingOutput? Of(ApplyOptions options, SavedProbe saved)
    {
        if (options.MapClasses.Except(saved.Probe.Classes).ToArray() is [var unknown, ..])
        {
            throw new ApplyException($"expected classes of the probe, which are {string.Join(", ", saved.Probe.Classes)}; found '{unknown}'");
        }

        if (!options.MapClasses.IsEmpty && !options.Maps)
        {
            throw new ApplyException("a class to draw (--class) goes with maps (--maps)");
        }

        if (options.Output is not { } folder)
        {
            return options.Maps ? throw new ApplyException("maps are files: say where to write them (--out)") : null;
        }

        var alike = options.Pictures.GroupBy(Stem, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any());
        return alike is null || !options.Maps
            ? new ReadingOutput(folder, options.MapClasses, saved)
            : throw new ApplyException($"expected pictures of different names, since maps are named by them; found {string.Join(" and ", alike)}: apply the probe to one after the other");
    }

    /// <summary>Writes <c>readings.csv</c> and <c>readings.json</c>.</summary>
    public void WriteReadings(ImmutableArray<PictureReading> readings)
    {
        Write("readings.csv", ReadingWriter.Csv(readings));
        Write("readings.json", ReadingWriter.Json(readings));
    }

    /// <summary>Writes a picture's patches as a table, and a map a view and class.</summary>
    public void WriteMaps(string path, Picture picture, RegionMask? region, ImmutableArray<PatchReading> patches)
    {
        var stem = Stem(path);
        Write($"{stem}.patches.csv", ReadingWriter.PatchCsv(_saved.Probe.Classes, patches));
        foreach (var (name, map) in PatchMaps.Of(Path.GetFileName(path), picture, region, _saved, patches, _classes))
        {
            Write($"{stem}.{name}.png", ReadingWriter.MapPng(map));
        }
    }

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path);

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        WholeFile.Write(path, content);
        _files.Add(path);
    }
}
