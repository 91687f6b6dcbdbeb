using ProbePipeline.Features;

namespace ProbePipeline;

/// <summary>Features of a run for other software.</summary>
public static class FeatureFiles
{
    /// <summary>Writes a Parquet file a condition, or a NumPy array a condition and column.</summary>
    /// <param name="folder">The folder of features.</param>
    /// <param name="asNpy">NumPy arrays rather than Parquet.</param>
    /// <param name="output">Where to write.</param>
    /// <returns>The files, each when it is written.</returns>
    /// <exception cref="FeatureStoreException">There are no features, a chunk is missing or damaged, or a file cannot be written.</exception>
    public static IEnumerable<string> Export(string folder, bool asNpy, string output)
    {
        var store = FeatureStore.Open(folder);
        foreach (var condition in store.Manifest.Conditions)
        {
            if (!asNpy)
            {
                WholeFile.CreateFolder(output);
                var path = Path.Combine(output, $"{condition}.parquet");
                FeatureExport.WriteParquet(store, condition, path);
                yield return path;
                continue;
            }

            var subfolder = Path.Combine(output, condition);
            WholeFile.CreateFolder(subfolder);
            foreach (var column in store.Manifest.Columns)
            {
                var path = Path.Combine(subfolder, $"{column.Name}.npy");
                FeatureExport.WriteNpy(store, condition, column.Name, path);
                yield return path;
            }
        }
    }
}
