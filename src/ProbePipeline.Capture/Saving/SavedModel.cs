using System.Text.Json.Serialization;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models;
using TorchSharp;

namespace ProbePipeline.Capture.Saving;

/// <summary>How to open a model again.</summary>
internal sealed record SavedModel(string Folder, string Device, torch.ScalarType? Type, double RegionThreshold, TileChoice RegionTiles)
{
    /// <summary>The seed of an untrained network's weights; left out where they are the checkpoint's, as by versions that did not know it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RandomSeed { get; init; }

    public static SavedModel Of(ProbedModel model) => new(Path.GetFullPath(model.Folder), model.Options.Device, model.Options.Type, model.Regions.Threshold, model.Regions.Tiles)
    {
        RandomSeed = model.Options.RandomSeed,
    };

    public ProbedModel Load() => ProbedModel.Load(
        Folder, new NetworkOptions { Device = Device, Type = Type, RandomSeed = RandomSeed }, new RegionMapper { Threshold = RegionThreshold, Tiles = RegionTiles });
}
