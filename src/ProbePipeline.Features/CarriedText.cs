using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ProbePipeline.Features;

/// <summary>
/// A text in a saved ML.NET pipeline. ML.NET lets nobody else write into its model files, but it keeps the names of columns: a transform's options travel
/// as the name of a copied column, which is swapped for the real transform after loading.
/// </summary>
public static class CarriedText
{
    /// <summary>A transformer that ML.NET saves and loads, and that carries the text.</summary>
    /// <param name="mark">Tells whose text it is; begins the column's name.</param>
    /// <param name="text">The text.</param>
    public static ITransformer Write(string mark, string text) =>
        new MLContext().Transforms.CopyColumns(mark + text, mark).Fit(new EmptyView(Schema(mark)));

    /// <summary>The text that a loaded transformer carries; null where it is something else.</summary>
    /// <param name="loaded">What ML.NET has loaded.</param>
    /// <param name="mark">Tells whose text is looked for.</param>
    public static string? Read(ITransformer loaded, string mark)
    {
        if (loaded is not ColumnCopyingTransformer)
        {
            return null;
        }

        try
        {
            return loaded.GetOutputSchema(Schema(mark)).Select(column => column.Name)
                .FirstOrDefault(name => name.Length > mark.Length && name.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..];
        }
        catch (ArgumentOutOfRangeException)
        {
            // It copies another column, which this schema does not have.
            return null;
        }
    }

    private static DataViewSchema Schema(string mark)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(mark, TextDataViewType.Instance);
        return schema.ToSchema();
    }
}
