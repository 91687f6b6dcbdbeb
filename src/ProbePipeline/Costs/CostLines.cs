using System.Globalization;
using ProbePipeline.Capture;
using ProbePipeline.Opening;

namespace ProbePipeline.Costs;

/// <summary>What the forwards of an experiment cost, in lines.</summary>
internal static class CostLines
{
    private const int MostProductRows = 2048;

    /// <param name="experiment">The experiment.</param>
    /// <param name="rowBytes">Bytes of a row's features under one condition.</param>
    /// <param name="cancellation">Stops.</param>
    public static IEnumerable<(string What, string Value)> Of(PreparedExperiment experiment, double rowBytes, CancellationToken cancellation)
    {
        var (network, options, rows) = (experiment.Model.Network, experiment.Options, experiment.Rows.Rows);
        var (shape, cost) = (NetworkShape.Of(network), ExperimentCost.Of(experiment, cancellation));
        var conditions = experiment.Stages.Conditions.Length;
        yield return ("forwards", Text($"{(long)rows.Length * conditions} rows and conditions: {string.Join(", ", Passes(shape, cost.Shared))}; what questions and conditions share is computed once"));
        yield return ("tokens", Text($"{cost.Shared.Tokens:0} through the decoder, of {cost.Unshared.Tokens:0} without sharing"));
        yield return ("operations", Text($"{Large(cost.Shared.Operations)}FLOP, of {Large(cost.Unshared.Operations)}FLOP without sharing"));
        var widest = new[] { shape.Language, shape.Vision }.OfType<TowerShape>().First();
        var rate = ProductRate.Measure(network, (int)Math.Clamp(cost.Largest.Rows * Math.Max(cost.Largest.Length, cost.Largest.TileTokens), 1, MostProductRows), widest.Width, widest.InnerWidth);
        var seconds = ForwardTime.Seconds(shape, cost.Shared, rate);
        yield return ("time", Text($"about {Duration(seconds)} of forwards, at about {rate / 1e9:0} GFLOP/s of matrix products ({network.Computation}, measured just now), of which forwards reach about {100 * cost.Shared.Operations / seconds / rate:0} %"));
        var memory = MemoryOf(experiment, shape, cost, rowBytes);
        yield return ("memory", Text($"about {memory.Peak / 1e9:0.##} GB at most: {memory.Weights / 1e9:0.##} of weights, {memory.Batch / 1e9:0.##} of a batch, {memory.Chunk / 1e9:0.##} of a chunk, {MemoryCost.Runtime / 1e9:0.##} of the runtime; probes come on top"));
    }

    private static MemoryCost MemoryOf(PreparedExperiment experiment, NetworkShape shape, ExperimentCost cost, double rowBytes)
    {
        var rows = experiment.Rows.Rows;
        var pictures = rows.Select(row => row.Image).Distinct().Count();
        var together = Math.Max(experiment.Stages.First.Length, experiment.Stages.Conditions.Length - experiment.Stages.First.Length);
        return MemoryCost.Of(
            shape, experiment.Model.Network.Checkpoint.ParameterCount, experiment.Model.Network.TypeName == "float32" ? 4 : 2, cost.Largest, cost.Ways, together, rowBytes,
            Math.Min(rows.Length, (double)rows.Length / pictures * experiment.Options.Capture.ChunkPictures));
    }

    private static IEnumerable<string> Passes(NetworkShape shape, ForwardCost cost)
    {
        if (shape.Vision is not null)
        {
            yield return Text($"{cost.Tiles:0} tiles through the vision tower");
        }

        if (cost.Prefixes > 0)
        {
            yield return Text($"{cost.Prefixes:0} prompts up to the picture's end and {cost.Suffixes:0} behind it through the decoder");
        }
        else if (shape.Language is not null)
        {
            yield return Text($"{cost.Suffixes:0} prompts through the decoder");
        }
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 100 => Text($"{seconds:0.#} s"),
        < 6000 => Text($"{seconds / 60:0} minutes"),
        _ => Text($"{seconds / 3600:0.#} hours"),
    };

    private static string Large(double operations) => operations switch
    {
        < 1e12 => Text($"{operations / 1e9:0.#} G"),
        < 1e15 => Text($"{operations / 1e12:0.#} T"),
        _ => Text($"{operations / 1e15:0.#} P"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
