using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>A file, or several of one form, with a row a part.</summary>
internal interface ITable
{
    /// <summary>The columns in their order.</summary>
    ImmutableArray<string> Columns { get; }

    /// <summary>By column the names that its numbers stand for; a column that is not here holds what it says.</summary>
    ImmutableDictionary<string, ImmutableArray<string>> ClassNames { get; }

    /// <summary>The rows in their order, read while they are gone through.</summary>
    /// <param name="left">Columns whose bytes are left out, to be read row by row later; texts and the other members of a structure are there.</param>
    /// <exception cref="DatasetException">A file cannot be read; the message names file and place.</exception>
    IEnumerable<TableRow> Rows(IReadOnlySet<string> left);
}
