using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Columns;

/// <summary>A column that a network fills: what it asks of a forward pass, and how it is read from what came out.</summary>
/// <param name="Condition">The condition under which the network runs.</param>
/// <param name="Part">The rest of the column's name.</param>
internal abstract record NetworkColumn(CaptureCondition Condition, string Part)
{
    /// <summary>The column's name.</summary>
    public string Name => Condition.ColumnName(Part);

    /// <summary>The column's type; of a vector, how long it is.</summary>
    public abstract DataViewType Type { get; }

    /// <summary>A further column of the input that is read; null: none.</summary>
    public virtual string? LabelColumn => null;

    /// <summary>What is said of the column in its data view's schema.</summary>
    public DataViewSchema.Annotations Annotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddText(builder, "Condition", Condition.Name);
        Annotate(builder);
        return builder.ToAnnotations();
    }

    /// <summary>The request with what this column needs.</summary>
    public abstract ForwardRequest Ask(ForwardRequest request);

    /// <summary>The rows' values, one after another.</summary>
    public abstract Array Read(BatchRun run);

    /// <summary>Serves one row of what <see cref="Read"/> gave.</summary>
    /// <param name="values">Gives the current batch's values.</param>
    /// <param name="row">Gives the current row's place in the batch.</param>
    public abstract Delegate Getter(Func<Array> values, Func<int> row);

    protected static void AddText(DataViewSchema.Annotations.Builder builder, string name, string text) =>
        builder.Add(name, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());

    protected static void AddNames(DataViewSchema.Annotations.Builder builder, string kind, int count, Func<int, string> nameOf) =>
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var editor = VBufferEditor.Create(ref value, count);
            for (var slot = 0; slot < count; slot++)
            {
                editor.Values[slot] = nameOf(slot).AsMemory();
            }

            value = editor.Commit();
        });

    protected static ValueGetter<VBuffer<T>> Vectors<T>(Func<Array> values, Func<int> row, int width) => (ref VBuffer<T> value) =>
    {
        var all = (T[])values();
        var editor = VBufferEditor.Create(ref value, width);
        all.AsSpan(row() * width, width).CopyTo(editor.Values);
        value = editor.Commit();
    };

    protected abstract void Annotate(DataViewSchema.Annotations.Builder builder);
}
