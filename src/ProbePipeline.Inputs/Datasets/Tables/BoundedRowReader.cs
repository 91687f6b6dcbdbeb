using System.Globalization;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>The text of a table, refused where a row does not end: a library that looks for its end would take all of it into memory.</summary>
/// <param name="inner">The text.</param>
/// <param name="path">The file, for errors.</param>
/// <param name="longest">Characters that a row may have.</param>
internal sealed class BoundedRowReader(TextReader inner, string path, long longest = TextLines.LongestLine) : TextReader
{
    private long _sinceRow;

    /// <summary>Says that a row has ended.</summary>
    public void BeginRow() => _sinceRow = 0;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = inner.Read(buffer, index, count);
        _sinceRow += read;
        return _sinceRow <= longest
            ? read
            : throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{path}: expected a table with a row of at most {longest} characters, found a longer one; are its quotes in pairs?"));
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
