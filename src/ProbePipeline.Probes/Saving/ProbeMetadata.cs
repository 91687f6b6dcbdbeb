using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Features;

namespace ProbePipeline.Probes.Saving;

/// <summary>What a file of probes says beside its tensors: a format, its version, the source, and a card a probe, as texts of safetensors metadata.</summary>
internal static class ProbeMetadata
{
    private const string Format = "probepipeline.probes";

    public static OrderedDictionary<string, string> Write(ProbeFile file, ProbeTensors tensors)
    {
        var metadata = new OrderedDictionary<string, string>
        {
            ["format"] = Format,
            ["formatVersion"] = ProbeFile.CurrentFormatVersion.ToString(CultureInfo.InvariantCulture),
        };
        if (file.Source is { } source)
        {
            metadata["source"] = SavedText.Write(source);
        }

        metadata["probes"] = SavedText.Write(file.Probes.Zip(tensors.Names, (saved, name) => new Entry(name, saved.Probe.Classes, saved.Probe.L2, saved.Card)));
        return metadata;
    }

    /// <exception cref="ProbeException">It is no file of probes, or of another version, or a card cannot be read.</exception>
    public static ProbeFile Read(TensorFile file, string name)
    {
        if (file.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new ProbeException($"{name}: format: expected {Format}; found {file.Metadata.GetValueOrDefault("format") ?? "none"}; name a file that a run wrote to its folder of probes");
        }

        var version = file.Metadata.GetValueOrDefault("formatVersion");
        if (version != $"{ProbeFile.CurrentFormatVersion}")
        {
            throw new ProbeException($"{name}: formatVersion: expected {ProbeFile.CurrentFormatVersion}; found {version ?? "none"}; save the probes anew, or use the version that wrote them");
        }

        var source = file.Metadata.ContainsKey("source") ? Parse<ProbeSource>(file, name, "source") : null;
        var entries = Parse<ImmutableArray<Entry>>(file, name, "probes");
        if (entries.IsDefault || entries.Contains(null!))
        {
            throw new ProbeException($"{name}: probes: expected a list of probes; found null; restore the file, or save the probes anew");
        }

        var twice = entries.GroupBy(entry => (entry.Card.Condition, entry.Card.Place)).FirstOrDefault(group => group.Skip(1).Any());
        return twice is null
            ? new ProbeFile([.. entries.Select(entry => Restore(file, name, entry))], source)
            : throw new ProbeException($"{name}: probes: expected one probe of {twice.Key.Condition} at {twice.Key.Place}; found {twice.Count()}");
    }

    private static SavedProbe Restore(TensorFile file, string name, Entry entry)
    {
        if (entry.Classes.IsDefault || entry.Classes.Contains(null!) || entry.Classes.Length < 2 || entry.Classes.Distinct().Count() < entry.Classes.Length)
        {
            throw new ProbeException($"{name}: probes: {entry.Tensors}: classes: expected two or more, each once; found {(entry.Classes.IsDefault ? "none" : string.Join(", ", entry.Classes))}");
        }

        try
        {
            var (standardization, weights) = ProbeTensors.Read(file, entry.Tensors, entry.Classes.Length);
            return new SavedProbe(new LinearProbe(entry.Classes, standardization, weights, entry.L2), entry.Card);
        }
        catch (ProbeException error)
        {
            throw new ProbeException($"{name}: {error.Message}; restore the file, or save the probes anew", error);
        }
    }

    private static T Parse<T>(TensorFile file, string name, string key)
    {
        try
        {
            return SavedText.Read<T>(file, key);
        }
        catch (ProbeException error)
        {
            throw new ProbeException($"{name}: {error.Message}; restore the file, or save the probes anew", error);
        }
    }

    /// <summary>A probe without its numbers.</summary>
    /// <param name="Tensors">What the names of its tensors begin with.</param>
    private sealed record Entry(string Tensors, ImmutableArray<string> Classes, double L2, ProbeCard Card);
}
