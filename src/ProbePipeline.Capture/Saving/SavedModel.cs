using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models;
using TorchSharp;

namespace ProbePipeline.Capture.Saving;

/// <summary>How to open a model again.</summary>
internal sealed record SavedModel(string Folder, string Device, torch.ScalarType? Type, double RegionThreshold, TileChoice RegionTiles)
{
    public static SavedModel Of(ProbedModel model) => new(Path.GetFullPath(model.Folder), model.Options.Device, model.Options.Type, model.Regions.Threshold, model.Regions.Tiles);

    public ProbedModel Load() => ProbedModel.Load(
        Folder, new NetworkOptions { Device = Device, Type = Type }, new RegionMapper { Threshold = RegionThreshold, Tiles = RegionTiles });
}
