using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Saving;

namespace ProbePipeline.Applying;

/// <summary>
/// Applies a probe that a run has saved to other pictures: the same network, under the same condition, read at the same site and pooled alike.
/// </summary>
/// <param name="options">Which probe, and to what.</param>
public sealed class ProbeApplication(ApplyOptions options)
{
    /// <summary>Reads the pictures, and writes readings and maps where they are asked for. Nothing runs before everything is known to be usable.</summary>
    /// <param name="progress">Is told how many pictures are read.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <exception cref="ApplyException">The options do not fit the probe, the model or a picture, or a state is not finite.</exception>
    /// <exception cref="ProbeException">The file of probes is not usable, or lacks the probe.</exception>
    /// <exception cref="PictureException">A picture cannot be read.</exception>
    /// <exception cref="RegionException">Nothing of the region reaches the model.</exception>
    /// <exception cref="Models.Checkpoints.CheckpointException">The model cannot be opened.</exception>
    public ApplyOutcome Run(IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (saved, source) = Find();
        var output = ReadingOutput.Of(options, saved);
        using var model = Open(source, cancellation);
        var probe = Place(saved, model);
        var prompt = Prompt(probe, source);
        foreach (var path in options.Pictures)
        {
            Check(probe, path, prompt);
        }

        var readings = ImmutableArray.CreateBuilder<PictureReading>();
        foreach (var path in options.Pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            var picture = PictureDecoder.Decode(path);
            var marked = options.Region.On(picture.Size);
            var region = probe.RegionOf(picture.Size, marked);
            try
            {
                readings.Add(new PictureReading(path, options.Region.Text, saved.Probe.Classes, probe.Read(picture, region, prompt)));
                if (options.Maps)
                {
                    output!.WriteMaps(path, picture, marked, probe.Map(picture, region, prompt));
                }
            }
            catch (ProbeException error)
            {
                throw new ApplyException($"{path}, {saved.Card.Site}: {error.Message}; no probe can read such states", error);
            }

            progress?.Report(new RunProgress("pictures", readings.Count, options.Pictures.Length, "pictures"));
        }

        output?.WriteReadings(readings.ToImmutable());
        return new ApplyOutcome(readings.ToImmutable(), saved.Card, source, output?.Files ?? []);
    }

    private (SavedProbe Probe, ProbeSource Source) Find()
    {
        var path = Directory.Exists(options.Probes) ? RunProbes.In(options.Probes) : options.Probes;
        if (!File.Exists(path))
        {
            throw new ApplyException($"{options.Probes}: expected the output folder of a run that saved its probes, or such a file; found no {(path == options.Probes ? "file of this name" : path)}; "
                + "run the experiment with probe.save: true");
        }

        var file = ProbeFile.Load(path);
        var condition = options.Condition ?? file.Probes.FirstOrDefault()?.Card.Condition ?? throw new ApplyException($"{path}: expected probes; found none");
        var saved = options.Site is { } site ? file.Find(condition, site) : file.Best(condition);
        return (saved, file.Source ?? throw new ApplyException($"{path}: expected the probes of a run; found some that do not say which model their vectors came from"));
    }

    private ProbedModel Open(ProbeSource source, CancellationToken cancellation)
    {
        var named = options.Model ?? source.Model;
        if (!ModelFolder.IsNamed(named))
        {
            throw new ApplyException($"expected the model of the run, {source.Model}, or the folder where it is now (--model); {named} is no folder");
        }

        var folder = ModelFolder.Of(named, progress: null, cancellation);
        var hash = CheckpointHash.Of(folder, cancellation);
        return hash == source.ModelHash
            ? ProbedModel.Load(
                folder,
                Card(() => NetworkOptions.Of(options.Device, source.Type)),
                Card(() => new RegionMapper { Threshold = source.RegionThreshold, Tiles = Enum.Parse<TileChoice>(source.RegionTiles, ignoreCase: true) }))
            : throw new ApplyException($"{folder}: expected the very model that the probes were trained on, {source.Model} with SHA-256 {source.ModelHash[..12]}…; found {hash[..12]}…: "
                + "another model's states mean something else; name the right folder, or train probes on this one");
    }

    private AppliedProbe Place(SavedProbe saved, ProbedModel model)
    {
        var capture = Card(() => new SiteCapture(SiteText.Parse(saved.Card.Site), Pooling.Named(saved.Card.Pooling)));
        var probe = new AppliedProbe(model, saved.Probe, capture, BlockText.Parse(saved.Card.Blocks, options.Probes, $"blocks of {saved.Card.Condition}"));
        if (probe.CutsByRegion && options.Region == RegionChoice.WholePicture)
        {
            throw new ApplyException($"condition '{saved.Card.Condition}' cuts by region ({string.Join("; ", probe.Blocks)}), so states depend on which region is meant; "
                + "found none: mark one (--region or --mask), or choose another condition");
        }

        return !options.Maps || probe.ReadsPatches
            ? probe
            : throw new ApplyException($"maps read every patch by itself, for which a probe has to be trained on patches (region-mean, region-max or image-mean); "
                + $"found {saved.Card.Site} with {saved.Card.Pooling}; choose another site, or leave the maps");
    }

    // A file that another program has written may say what this one does not know.
    private T Card<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new ApplyException($"{options.Probes}: the probe's card: {error.Message}; save the probes anew", error);
        }
    }

    // What stands in the prompt changes nothing in the vision tower, so there the run's question serves with its fields unfilled.
    private string Prompt(AppliedProbe probe, ProbeSource source)
    {
        var template = Card(() => ChatTemplate.Parse(source.Template));
        if (options.Question is null && probe.ReadsLanguage && source.Question.Length > 0 && new QuestionTemplate(source.Question).Fields is [_, ..] fields)
        {
            throw new ApplyException($"{probe.Capture.Site} is a site of the language model, which reads a question; the run's has a field of every row ({string.Join(", ", fields)}): "
                + $"'{source.Question}'; say what to ask (--question)");
        }

        return template.Render(options.Question ?? source.Question);
    }

    private void Check(AppliedProbe probe, string path, string prompt)
    {
        var picture = PictureDecoder.Decode(path);
        try
        {
            probe.Model.Read(picture, probe.RegionOf(picture.Size, options.Region.On(picture.Size)), prompt);
        }
        catch (Exception error) when (error is ApplyException or RegionException or PictureException)
        {
            throw new ApplyException($"{path}: {error.Message}", error);
        }
    }
}
