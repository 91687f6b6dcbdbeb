namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>Pages of a Parquet file that were looked at: the only places that it takes to read their row group.</summary>
internal sealed class ParquetPages
{
    private readonly HashSet<long> _headers = [];
    private readonly SortedDictionary<long, long> _unsorted = [];
    private (long Begin, long End)[]? _content;

    /// <param name="header">Where the page begins.</param>
    /// <param name="content">Where what it holds begins.</param>
    /// <param name="end">Where that ends.</param>
    public void Add(long header, long content, long end)
    {
        _headers.Add(header);
        _unsorted[content] = Math.Max(end, _unsorted.GetValueOrDefault(content));
        _content = null;
    }

    /// <summary>Whether reading may begin at a place: at a page, or within what one holds.</summary>
    public bool Contains(long place)
    {
        _content ??= [.. _unsorted.Select(page => (page.Key, page.Value))];
        var index = Array.BinarySearch(_content, (place, long.MaxValue));
        return _headers.Contains(place) || (~index > 0 && _content[~index - 1] is var page && (place == page.Begin || place < page.End));
    }
}
