using Microsoft.ML;
using Microsoft.ML.Data;

namespace ProbePipeline.Probes.Training;

/// <summary>Rows in memory as ML.NET's trainers read them: <c>Features</c> and <c>Label</c>. They are read once for every step of the optimizer.</summary>
internal sealed class TrainingView : IDataView
{
    public const string Features = "Features";

    public const string Label = "Label";

    private readonly float[] _features;
    private readonly int[] _labels;
    private readonly int _width;

    /// <param name="features">[rows, width]</param>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="classCount">Number of classes; two become a Boolean label.</param>
    public TrainingView(float[] features, int[] labels, int classCount)
    {
        _features = features;
        _labels = labels;
        _width = features.Length / labels.Length;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, _width));
        schema.AddColumn(Label, classCount == 2 ? BooleanDataViewType.Instance : new KeyDataViewType(typeof(uint), classCount));
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _labels.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TrainingView view) : DataViewRowCursor
    {
        private int _row = -1;

        public override long Position => _row;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext() => _row + 1 < view._labels.Length && ++_row >= 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (Delegate)(column.Type switch
        {
            VectorDataViewType => (ValueGetter<VBuffer<float>>)Vector,
            BooleanDataViewType => (ValueGetter<bool>)((ref bool value) => value = view._labels[_row] == 1),
            // Keys count from 1.
            _ => (ValueGetter<uint>)((ref uint value) => value = (uint)view._labels[_row] + 1),
        }) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");

        private void Vector(ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, view._width);
            view._features.AsSpan(_row * view._width, view._width).CopyTo(editor.Values);
            value = editor.Commit();
        }
    }
}
