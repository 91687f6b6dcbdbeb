namespace ProbePipeline.Capture;

/// <summary>Memory ran out, and smaller batches go on.</summary>
/// <param name="From">Rows that did not fit.</param>
/// <param name="To">Rows a forward from here on.</param>
/// <param name="Device">Where the network computes.</param>
public sealed record BatchHalving(int From, int To, string Device)
{
    /// <summary>In words.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"out of memory on {Device} with {From} rows a forward; going on with {To}. The promise of equal bytes ends here: another run agrees within rounding only");
}
