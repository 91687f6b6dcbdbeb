using System.Collections.Immutable;
using ProbePipeline.Features;

namespace ProbePipeline.Probes.Saving;

/// <summary>
/// Probes on disk: one safetensors file with their weights and standardisation as tensors and their cards as JSON beside them. Probes that are equal
/// to the bit, such as those of conditions that share a tower, share their tensors. Needs no network and no native library.
/// </summary>
/// <param name="Probes">The probes; no two of one condition, site and pooling.</param>
/// <param name="Source">Where their vectors came from; null: from outside this library.</param>
public sealed record ProbeFile(ImmutableArray<SavedProbe> Probes, ProbeSource? Source = null)
{
    /// <summary>The version of the format that this program writes.</summary>
    internal const int CurrentFormatVersion = 1;

    /// <summary>How many of the probes differ.</summary>
    public int Distinct => new ProbeTensors(Probes.Select(saved => saved.Probe)).Distinct;

    /// <summary>The most bytes that the tensors of one probe take.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="width">Numbers a vector.</param>
    public static long BytesOf(int classes, int width) => (sizeof(float) * (long)classes * (width + 1)) + (2L * sizeof(double) * width);

    /// <summary>The probe of a condition at a site.</summary>
    /// <param name="condition">The condition's name.</param>
    /// <param name="site">The site, with <c>@</c> and the pooling where it was read with several.</param>
    /// <exception cref="ProbeException">There is none, or there are several; the message names those that there are.</exception>
    public SavedProbe Find(string condition, string site)
    {
        var ofCondition = OfCondition(condition);
        return ofCondition.Where(probe => probe.Card.Site == site || probe.Card.Place == site).ToArray() switch
        {
            [var only] => only,
            [] => throw new ProbeException($"condition '{condition}': expected one of the sites {string.Join(", ", ofCondition.Select(probe => probe.Card.Site).Distinct())}; "
                + $"found '{site}', of which no probe was saved; capture it in a run, or choose another"),
            var several => throw new ProbeException($"condition '{condition}', site '{site}': expected one pooling; found several: name one of {string.Join(", ", several.Select(probe => probe.Card.Place))}"),
        };
    }

    /// <summary>The probe of a condition that was best on validation rows, among those on the path to the answer where there are such; of equals the first.</summary>
    /// <param name="condition">The condition's name.</param>
    /// <exception cref="ProbeException">There is no such condition.</exception>
    public SavedProbe Best(string condition)
    {
        var ofCondition = OfCondition(condition);
        return ofCondition.Where(probe => probe.Card.OnPath).MaxBy(probe => probe.Card.ValidationAccuracy) ?? ofCondition.MaxBy(probe => probe.Card.ValidationAccuracy)!;
    }

    /// <summary>Writes the file; it is there wholly or not at all. Equal probes give equal bytes.</summary>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var tensors = new ProbeTensors(Probes.Select(saved => saved.Probe));
        TensorFile.Write(path, ProbeMetadata.Write(this, tensors), tensors.All);
    }

    /// <summary>What <see cref="Save"/> writes.</summary>
    internal byte[] ToBytes()
    {
        var tensors = new ProbeTensors(Probes.Select(saved => saved.Probe));
        return TensorFile.ToBytes(ProbeMetadata.Write(this, tensors), tensors.All);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ProbeException">The file is missing, damaged, of another version or no file of probes; the message names it, and the key at fault.</exception>
    public static ProbeFile Load(string path) => Read(() => TensorFile.Read(path), path);

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name it.</param>
    /// <inheritdoc cref="Load" path="/exception"/>
    internal static ProbeFile Parse(byte[] bytes, string name) => Read(() => TensorFile.Parse(bytes, name), name);

    private SavedProbe[] OfCondition(string condition) => Probes.Where(probe => probe.Card.Condition == condition).ToArray() is { Length: > 0 } found
        ? found
        : throw new ProbeException($"expected one of the conditions {string.Join(", ", Probes.Select(probe => probe.Card.Condition).Distinct())}; found '{condition}'");

    private static ProbeFile Read(Func<TensorFile> open, string name)
    {
        try
        {
            return ProbeMetadata.Read(open(), name);
        }
        catch (FeatureStoreException error)
        {
            throw new ProbeException(error.Message, error);
        }
    }
}
