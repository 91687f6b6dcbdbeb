using System.Globalization;
using Parquet.Schema;

namespace ProbePipeline.Reports.Tables;

/// <summary>A column of a table, of one type from its first row to its last.</summary>
/// <param name="name">The column's name, as the same number is called in <c>results.json</c>.</param>
internal abstract class ResultColumn(string name)
{
    public string Name { get; } = name;

    /// <summary>Rows in it.</summary>
    public abstract int Count { get; }

    /// <summary>Whether it holds texts; numbers and truth values are written by this program alone.</summary>
    public virtual bool IsText => false;

    /// <summary>The column in Parquet.</summary>
    public abstract DataField Field { get; }

    /// <summary>A value as text that reads back unchanged; empty where there is none.</summary>
    public abstract string Text(int row);

    /// <summary>Writes the column into a row group.</summary>
    /// <param name="field">The field as the file's schema holds it.</param>
    public abstract Task WriteAsync(Parquet.ParquetRowGroupWriter group, DataField field);

    /// <summary>Text.</summary>
    public static ResultColumn Of(string name, IEnumerable<string> values) => new Words(name, [.. values]);

    /// <summary>Numbers, or whether something holds.</summary>
    public static ResultColumn Of<T>(string name, IEnumerable<T> values)
        where T : struct => new Values<T>(name, [.. values.Select(value => (T?)value)], isNullable: false);

    /// <summary>Numbers that may be missing.</summary>
    public static ResultColumn Of<T>(string name, IEnumerable<T?> values)
        where T : struct => new Values<T>(name, [.. values], isNullable: true);

    private sealed class Words(string name, string[] values) : ResultColumn(name)
    {
        public override int Count => values.Length;

        public override bool IsText => true;

        public override DataField Field => new(Name, typeof(string), isNullable: false);

        public override string Text(int row) => values[row];

        public override Task WriteAsync(Parquet.ParquetRowGroupWriter group, DataField field) => group.WriteAsync(field, values);
    }

    private sealed class Values<T>(string name, T?[] values, bool isNullable) : ResultColumn(name)
        where T : struct
    {
        public override int Count => values.Length;

        public override DataField Field => new(Name, typeof(T), isNullable);

        public override string Text(int row) => values[row] switch
        {
            null => "",
            bool holds => holds ? "true" : "false",
            { } value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

        public override Task WriteAsync(Parquet.ParquetRowGroupWriter group, DataField field) => isNullable
            ? group.WriteAsync<T>(field, values.AsMemory())
            : group.WriteAsync<T>(field, values.Select(value => value!.Value).ToArray().AsMemory());
    }
}
