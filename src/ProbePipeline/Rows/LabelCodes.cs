using System.Collections.Immutable;
using ProbePipeline.Probes;

namespace ProbePipeline.Rows;

/// <summary>The values of a row's fields as numbers.</summary>
internal static class LabelCodes
{
    /// <summary>For every field a column a value, side by side: 1 where the row has the value, 0 elsewhere.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fields">The fields; a field's values are those that some row has, in ordinal order.</param>
    /// <returns>[rows, values of all fields]</returns>
    public static FeatureMatrix Of(ImmutableArray<ExperimentRow> rows, ImmutableArray<string> fields)
    {
        (string Field, string Value)[] columns =
        [
            .. from field in fields
               from value in rows.Select(row => row.Part.Attributes[field]).Distinct().Order(StringComparer.Ordinal)
               select (field, value),
        ];
        return new FeatureMatrix([.. from row in rows from column in columns select row.Part.Attributes[column.Field] == column.Value ? 1f : 0], columns.Length);
    }
}
