namespace ProbePipeline.Models.Tests;

/// <summary>Rows of a batch against the same rows in batches of their own.</summary>
internal static class RowsAlone
{
    /// <summary>Every capture and logit of the batch is that of the row alone, to within rounding.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="request">What was asked of it.</param>
    /// <param name="together">What it gave.</param>
    public static void AssertEqual(Network network, PromptRow[] rows, ForwardRequest request, ForwardResult together)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            using var alone = network.Forward(new Batch([rows[row]]), request);
            foreach (var capture in request.Captures)
            {
                Assert.InRange(TestNetworks.Difference(together[capture].Row(row), alone[capture].Row(0)), 0, 1e-5);
            }

            Assert.InRange(TestNetworks.Difference(together.Logits!.Row(row), alone.Logits!.Row(0)), 0, 1e-5);
        }
    }
}
