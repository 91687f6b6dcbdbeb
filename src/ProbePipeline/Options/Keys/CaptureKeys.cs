using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>capture</c>.</summary>
internal static class CaptureKeys
{
    /// <summary>A site, or one kind in every layer.</summary>
    public static readonly TextForm<SitePattern> Site = new(SiteText.Allowed, SitePattern.Parse, site => $"{site}")
    {
        Details = () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray([.. SiteText.Patterns.Select(pattern => (JsonNode)JsonValue.Create(pattern))]) },
                new JsonObject { ["pattern"] = @"^(?:vision|language)\.(?:resid_post|attn_out|mlp_out)\.[0-9]+$" }),
        },
    };

    private static readonly ChoiceForm<Pooling> Poolings = new([.. CaptureOptions.Poolings.Select(pooling => (pooling.Name, pooling))]);

    private static readonly ChoiceForm<string?> Types = new(("stored", null), ("float32", "float32"), ("bfloat16", "bfloat16"), ("float16", "float16"));

    public static SectionForm<CaptureOptions> Section { get; } = new(
        () => new CaptureOptions(),
        new Key<CaptureOptions, ImmutableArray<SitePattern>>(
            "sites", "Where states are read. Without a layer, as in `vision.resid_post`, every layer is meant; `vision.resid_post.3` is one.",
            new ListForm<SitePattern>(Site), options => options.Sites, (options, sites) => options with { Sites = sites }),
        new Key<CaptureOptions, ImmutableArray<Pooling>>(
            "pooling", "How a row's tokens become what is kept, at every site that has such tokens.",
            new ListForm<Pooling>(Poolings), options => options.Pooling, (options, pooling) => options with { Pooling = pooling }),
        new Key<CaptureOptions, int>(
            "batchSize", "Rows a forward; `auto` chooses it from the free memory of a CUDA device, and is 32 on the CPU.",
            new NumberOrWordForm("a whole number from 1 to 4096, or auto", 1, 4096, "auto", Capture.BatchSizes.Automatic), options => options.BatchSize, (options, size) => options with { BatchSize = size }),
        new Key<CaptureOptions, int>(
            "chunkPictures", "Pictures a stored chunk: what an interrupted run computes again at most.",
            new NumberForm<int>("a whole number from 1 to 100000", 1, 100_000), options => options.ChunkPictures, (options, pictures) => options with { ChunkPictures = pictures }),
        new Key<CaptureOptions, NotFinite>(
            "notFinite", "What becomes of a row where a state is NaN or infinite. `stop`: the run stops and names site and row. `drop`: the row counts nowhere, under no condition, and is listed with the dropped ones (see `maximumDropped`); the others keep their parts of the split. `keep`: it is stored as it is; probes refuse to read it by name, and the report counts such rows.",
            new ChoiceForm<NotFinite>(("stop", NotFinite.Stop), ("drop", NotFinite.Drop), ("keep", NotFinite.Keep)), options => options.NotFinite, (options, what) => options with { NotFinite = what }),
        new Key<CaptureOptions, long>(
            "donorSeed", "Seed by which every row is given one of another picture, in the same part of the split: where a patch says `rows: other` or `other-mean`, states come from there.",
            ExperimentKeys.Seed, options => options.DonorSeed, (options, seed) => options with { DonorSeed = seed }),
        new Key<CaptureOptions, string>(
            "device", "Where the network runs; `auto` is a CUDA device where there is one.",
            new WordForm("auto, cpu, cuda or cuda:N", "auto|cpu|cuda|cuda:[0-9]{1,3}"), options => options.Device, (options, device) => options with { Device = device }),
        new Key<CaptureOptions, string?>(
            "type", "The type in which the network computes; `stored` is that of the checkpoint.",
            Types, options => options.Type, (options, type) => options with { Type = type }));
}
