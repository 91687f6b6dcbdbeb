using System.Runtime.InteropServices;
using Microsoft.ML;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Tests;

public sealed class BatchMemoryTests : IDisposable
{
    private const string State = "intact/language.resid_post.5";

    private readonly MLContext _ml = new(seed: 1);
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Run_MemoryRunsOut_HalvesUntilItFitsAndKeepsToIt()
    {
        var whole = Read().Vectors<float>(State);
        var (tried, halvings) = (new List<int>(), new List<BatchHalving>());
        _model.Memory.OnHalved = halvings.Add;
        _model.Memory.BeforeForward = rows =>
        {
            tried.Add(rows);
            if (rows > 5)
            {
                throw new LibtorchException("CUDA out of memory. Tried to allocate 20.00 MiB");
            }
        };

        var halved = Read().Vectors<float>(State);

        // Batches of 16 and 2 rows.
        Assert.Equal([16, 8, 4, 4, 4, 4, 2], tried);
        Assert.Equal([new BatchHalving(16, 8, "cpu"), new BatchHalving(8, 4, "cpu")], halvings);
        Assert.Equal(whole.Length, halved.Length);
        Assert.All(whole.Zip(halved), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Run_NotEvenOneRowFits_IsOneClearError()
    {
        _model.Memory.BeforeForward = _ => throw new LibtorchException("CUDA out of memory. Tried to allocate 2 GiB\nException raised from malloc");
        Assert.Equal(
            "out of memory on cpu: expected room for a forward of at least one row; found none (CUDA out of memory. Tried to allocate 2 GiB); "
            + "compute in a smaller type (capture.type: bfloat16), run fewer conditions at once, or take a device with more memory",
            Assert.Throws<CaptureException>(Read).Message);
        Assert.Equal(1, _model.Memory.MaximumRows);
    }

    [Fact]
    public void Run_AnotherError_IsPassedOn()
    {
        _model.Memory.BeforeForward = _ => throw new LibtorchException("mat1 and mat2 shapes cannot be multiplied");
        Assert.Throws<LibtorchException>(Read);
        Assert.Null(_model.Memory.MaximumRows);
    }

    [Fact]
    public void Is_WhatTheAllocatorOfTheCpuThrows_IsTrue()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty(1L << 50));
        Assert.True(OutOfMemory.Is(error), $"{error.GetType()}: {error.Message}");
    }

    [Theory]
    [InlineData(1_000_000_000, 10_000_000, 80)]
    [InlineData(100_000_000, 10_000_000, 8)]
    [InlineData(90_000_000, 10_000_000, 7)]
    [InlineData(1, 10_000_000, 1)]
    [InlineData(long.MaxValue, 10, 1024)]
    public void Fitting_FreeMemory_IsFourFifthsOfItInEights(long free, long row, int expected) => Assert.Equal(expected, BatchSizes.Fitting(free, row));

    [Fact]
    public void Choose_OnTheCpu_IsFixedAndAsksForNoPrompt() =>
        Assert.Equal((32, "auto: 32 on cpu"), BatchSizes.Choose(_model, 4, 7, () => throw new InvalidOperationException()));

    [Fact]
    public void BytesPerRow_MoreConditionsTokensOrCaptures_IsMore()
    {
        var network = _model.Network;
        var one = BatchSizes.BytesPerRow(network, 1, 1, 78, 1);
        // A condition more: its residual stream, one vector a capture, and the logits.
        Assert.Equal(one + (78 * 128 * 4) + (128 * 4) + (12 * network.Language!.VocabularySize), BatchSizes.BytesPerRow(network, 2, 1, 78, 1));
        Assert.True(BatchSizes.BytesPerRow(network, 1, 1, 156, 1) > 2 * (one - (12 * network.Language.VocabularySize) - 512));
    }

    private ColumnReader Read()
    {
        var scenes = SceneRow.View(_ml, 3);
        var options = new HiddenStateOptions { Captures = [new(Site.ResidualPost(Tower.Language, 5), Pooling.RegionMean)], BatchSize = 16 };
        return new ColumnReader(_ml.Transforms.CaptureHiddenStates(_model, options).Fit(scenes).Transform(scenes));
    }

    /// <summary>What TorchSharp throws for an error of libtorch is of the base type, which is the runtime's own to throw.</summary>
    private sealed class LibtorchException(string message) : ExternalException(message);
}
