using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>Collects one column's rows. Nothing is allocated a row: the room for all of them is there from the start.</summary>
internal abstract class ColumnBuffer
{
    /// <param name="cursor">What is read.</param>
    /// <param name="column">The column.</param>
    /// <param name="rows">How many rows there will be.</param>
    public static ColumnBuffer Of(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) => column.Type switch
    {
        KeyDataViewType => new Keys(cursor.GetGetter<uint>(column), rows),
        VectorDataViewType vector when vector.ItemType == NumberDataViewType.Int32 =>
            new Vectors<int>(cursor.GetGetter<VBuffer<int>>(column), rows * vector.Size, (values, name, numbers) => values.Set(name, numbers)),
        VectorDataViewType vector => new Vectors<float>(cursor.GetGetter<VBuffer<float>>(column), rows * vector.Size, (values, name, numbers) => values.Set(name, numbers)),
        var other => throw new InvalidOperationException($"Column {column.Name} is of type {other}, which no store keeps."),
    };

    /// <summary>Takes the current row.</summary>
    public abstract void Take();

    /// <summary>Hands over what was taken.</summary>
    public abstract void Give(FeatureValues values, string column);

    private sealed class Vectors<T>(ValueGetter<VBuffer<T>> get, int count, Action<FeatureValues, string, T[]> give) : ColumnBuffer
    {
        private readonly T[] _taken = new T[count];
        private VBuffer<T> _row;
        private int _filled;

        public override void Take()
        {
            get(ref _row);
            // States are dense; for a sparse row CopyTo fills in the zeros.
            _row.CopyTo(_taken.AsSpan(_filled, _row.Length));
            _filled += _row.Length;
        }

        public override void Give(FeatureValues values, string column) => give(values, column, _taken);
    }

    /// <summary>Keys count from 1, what is stored from 0.</summary>
    private sealed class Keys(ValueGetter<uint> get, int count) : ColumnBuffer
    {
        private readonly int[] _taken = new int[count];
        private int _filled;

        public override void Take()
        {
            var key = 0u;
            get(ref key);
            _taken[_filled++] = (int)key - 1;
        }

        public override void Give(FeatureValues values, string column) => values.Set(column, _taken);
    }
}
