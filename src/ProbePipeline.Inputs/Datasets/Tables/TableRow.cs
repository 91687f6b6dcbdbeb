using System.Collections.ObjectModel;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// A row of a table. A cell is null, a <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <c>byte[]</c>, a list
/// (<c>object?[]</c>) or a structure (a dictionary by name).
/// </summary>
/// <param name="Place">Where it stands, for errors: file and line, or file and row.</param>
/// <param name="Cells">The columns that were asked for and that the row has.</param>
/// <param name="Again">Reads one column of this row anew: what was left out because it is large.</param>
internal sealed record TableRow(string Place, ReadOnlyDictionary<string, object?> Cells, Func<string, object?> Again)
{
    /// <summary>A cell; null where the row has none.</summary>
    public object? this[string column] => Cells.GetValueOrDefault(column);
}
