using System.Runtime.InteropServices;
using ProbePipeline.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Pixels on their way to the device.</summary>
internal static class PixelTransfer
{
    /// <summary>
    /// [tiles of all pictures, channels, height, width]. To a CUDA device they go through pinned memory and nobody waits for them: what computes with them is
    /// queued behind the copy, and libtorch gives the pinned memory to no one else before the copy has ended.
    /// </summary>
    public static Tensor To(Device device, IReadOnlyCollection<PictureInput> pictures, VisionTowerConfig config)
    {
        using var scope = NewDisposeScope();
        var tiles = Tiles(pictures, config);
        return (device.type == DeviceType.CUDA ? tiles.pin_memory().to(device, non_blocking: true) : tiles.to(device)).MoveToOuterDisposeScope();
    }

    private static Tensor Tiles(IReadOnlyCollection<PictureInput> pictures, VisionTowerConfig config) => cat([.. pictures.Select(picture =>
    {
        var (rows, columns) = config.GridOf(picture.Layout);
        var (height, width) = config.HasFixedGrid ? (config.ImageSize, config.ImageSize) : (rows * config.PatchSize, columns * config.PatchSize);
        // What the processor gave is an array's beginning, as a rule all of it: that one needs no copy here.
        var numbers = MemoryMarshal.TryGetArray(picture.Pixels, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : picture.Pixels.ToArray();
        var pixels = tensor(numbers).view(picture.Layout.TileCount, -1, height, width);
        // A still picture is every frame; channels keep their frames together.
        return pixels.shape[1] < config.ChannelCount * config.FrameCount ? pixels.repeat_interleave(config.FrameCount, 1) : pixels;
    })], 0);
}
