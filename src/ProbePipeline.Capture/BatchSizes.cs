using System.Globalization;
using ProbePipeline.Models;
using ProbePipeline.Torch.Devices;

namespace ProbePipeline.Capture;

/// <summary>How many rows go through a network together.</summary>
public static class BatchSizes
{
    /// <summary>Enough to fill a few cores; a GPU takes more.</summary>
    public const int Default = 24;

    /// <summary>Stands for a number that is chosen by <see cref="Choose"/>.</summary>
    public const int Automatic = 0;

    /// <summary>What is chosen where nothing is known of free memory.</summary>
    internal const int Fixed = 32;

    private const int Largest = 1024;

    // The rest is left to libtorch's allocator, which cuts memory into blocks, and to the kernels' own room.
    private const double UsableShare = 0.8;

    /// <summary>
    /// Chooses the rows a forward: on a CUDA device as many as 80 % of its free memory holds by <see cref="BytesPerRow"/>, from 8 on in multiples of 8, 1024 at most; on
    /// the CPU, or where no driver tells what is free, 32.
    /// </summary>
    /// <param name="model">The model, loaded: what is free is free beside its weights.</param>
    /// <param name="conditions">Conditions that run together.</param>
    /// <param name="captures">Captures of each.</param>
    /// <param name="longest">Gives the tokens of the longest prompt and the tiles of the picture that has most; asked on a CUDA device alone.</param>
    /// <returns>The number and how it came about.</returns>
    public static (int Rows, string Reason) Choose(ProbedModel model, int conditions, int captures, Func<(int Tokens, int Tiles)> longest)
    {
        if (DeviceMemory.Free(model.Network.Device) is not { } free)
        {
            return (Fixed, string.Create(CultureInfo.InvariantCulture, $"auto: {Fixed} on {model.Network.Device}"));
        }

        var (tokens, tiles) = longest();
        var row = BytesPerRow(model.Network, conditions, captures, tokens, tiles);
        var rows = Fitting(free, row);
        return (rows, string.Create(CultureInfo.InvariantCulture, $"auto: {rows} on {model.Network.Device}, {row / 1e6:0.#} MB a row of {free / 1e9:0.##} GB free"));
    }

    /// <summary>The rows that free memory holds.</summary>
    internal static int Fitting(long freeBytes, long bytesPerRow)
    {
        var rows = (int)Math.Clamp(UsableShare * freeBytes / bytesPerRow, 1, Largest);
        return rows >= 8 ? rows / 8 * 8 : rows;
    }

    /// <summary>
    /// Bytes that a row needs at the widest place of a forward: of the larger tower T * (8 D + 3 I) * b for the states, queries, keys and values and the MLP of one
    /// layer, and H * T * T * (b + 4) for attention scores, which kernels without a mask never write; for every condition T * D * b of the residual stream where it
    /// parts from the others, D * 4 a capture, and 12 V of logits. T tokens (of all tiles), D width, I inner width of the MLP, H heads, V vocabulary, b bytes a number.
    /// </summary>
    internal static long BytesPerRow(Network network, int conditions, int captures, int tokens, int tiles)
    {
        var number = network.Type == TorchSharp.torch.ScalarType.Float32 ? 4L : 2;
        var (widest, residual, width) = (0L, 0L, 0L);
        if (network.Vision is { } vision)
        {
            // A tower that takes pictures in their own size sees at most the patches of all image tokens.
            Add(tiles, vision.HasFixedGrid ? vision.TokenCount : (long)tokens * network.MergedSide * network.MergedSide, vision.HiddenSize, vision.IntermediateSize, vision.HeadCount);
        }

        if (network.Language is { } language)
        {
            Add(1, tokens, language.HiddenSize, language.IntermediateSize, language.HeadCount);
        }

        return widest + (conditions * (residual + (captures * width * 4) + (12L * (network.Language?.VocabularySize ?? 0))));

        void Add(long sequences, long length, long states, long inner, long heads)
        {
            widest = Math.Max(widest, sequences * ((length * ((8 * states) + (3 * inner)) * number) + (heads * length * length * (number + 4))));
            residual = Math.Max(residual, sequences * length * states * number);
            width = Math.Max(width, states);
        }
    }
}
