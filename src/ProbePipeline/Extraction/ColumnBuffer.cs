using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>Collects one column's rows.</summary>
internal abstract class ColumnBuffer
{
    public static ColumnBuffer Of(DataViewRowCursor cursor, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => new Keys(cursor.GetGetter<uint>(column)),
        VectorDataViewType vector when vector.ItemType == NumberDataViewType.Int32 => new Vectors<int>(cursor.GetGetter<VBuffer<int>>(column), (values, name, numbers) => values.Set(name, numbers)),
        _ => new Vectors<float>(cursor.GetGetter<VBuffer<float>>(column), (values, name, numbers) => values.Set(name, numbers)),
    };

    /// <summary>Takes the current row.</summary>
    public abstract void Take();

    /// <summary>Hands over what was taken.</summary>
    public abstract void Give(FeatureValues values, string column);

    private sealed class Vectors<T>(ValueGetter<VBuffer<T>> get, Action<FeatureValues, string, T[]> give) : ColumnBuffer
    {
        private readonly List<T> _taken = [];
        private VBuffer<T> _row;

        public override void Take()
        {
            get(ref _row);
            _taken.AddRange(_row.DenseValues());
        }

        public override void Give(FeatureValues values, string column) => give(values, column, [.. _taken]);
    }

    /// <summary>Keys count from 1, what is stored from 0.</summary>
    private sealed class Keys(ValueGetter<uint> get) : ColumnBuffer
    {
        private readonly List<int> _taken = [];

        public override void Take()
        {
            var key = 0u;
            get(ref key);
            _taken.Add((int)key - 1);
        }

        public override void Give(FeatureValues values, string column) => values.Set(column, [.. _taken]);
    }
}
