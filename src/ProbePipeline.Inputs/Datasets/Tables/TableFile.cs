namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>Opens tables by their names.</summary>
internal static class TableFile
{
    /// <summary>Columns of a table, and things that are said of a row: every row has room for all of them.</summary>
    private const int MostColumns = 4096;

    /// <param name="path">A .jsonl, .csv or .parquet file, a folder of Parquet files, or a dataset's folder in the Hugging Face cache.</param>
    /// <param name="files">Which files of a folder: a pattern such as <c>train-*.parquet</c>.</param>
    /// <exception cref="DatasetException">There is no such table.</exception>
    public static ITable Open(string path, string files)
    {
        if (Directory.Exists(path))
        {
            var folder = HubSnapshot.Of(path);
            string[] found = [.. Directory.EnumerateFiles(folder, files, SearchOption.AllDirectories).Where(file => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            return found.Length > 0
                ? new ParquetTable([.. found])
                : throw new DatasetException($"{path}: expected Parquet files of the pattern {files}; found {Listed(folder)}; other tables are named by their file");
        }

        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: expected a table (.jsonl, .csv, .parquet) or a folder of Parquet files; there is none of this name (looked for {Path.GetFullPath(path)})");
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => new JsonLinesTable(path),
            ".CSV" => new CsvTable(path),
            ".PARQUET" => new ParquetTable([path]),
            var other => throw new DatasetException($"{path}: expected a table whose name ends in .jsonl, .csv or .parquet, found '{other}'"),
        };
    }

    /// <exception cref="DatasetException">A table has more columns than are read.</exception>
    public static void RequireColumns(int count, string path)
    {
        if (count > MostColumns)
        {
            throw new DatasetException($"{path}: expected at most {MostColumns} columns, found more; a value that differs from row to row is no column's name");
        }
    }

    private static string Listed(string folder) =>
        string.Join(", ", Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).Take(5).DefaultIfEmpty("nothing"));
}
