using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets.Listing;
using ProbePipeline.Inputs.Datasets.Tables;

namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>What a table says, without any picture: its rows by picture, in the order in which pictures first come.</summary>
internal sealed record ManifestIndex(ImmutableArray<ListedPicture> Pictures, ImmutableArray<PartAttribute> Attributes)
{
    /// <exception cref="DatasetException">The table is not usable; the message names the place.</exception>
    public static ManifestIndex Of(ManifestOptions options)
    {
        var table = TableFile.Open(options.Path, options.Files);
        var roles = ColumnRoles.Of(options.Columns, table.Columns, options.Path);
        var described = roles.Attributes(options.Columns.Attributes, table.Columns, options.Path);
        var folder = options.Pictures ?? (Directory.Exists(options.Path) ? options.Path : Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        var (rows, places) = (new List<(RowPicture Picture, TableRow Row, ImmutableArray<KeyValuePair<string, string>> Attributes, RegionSource Region)>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var row in table.Rows(new[] { roles.Picture, roles.Mask }.OfType<string>().ToHashSet(StringComparer.Ordinal)))
        {
            rows.Add((RowPicture.Of(row, roles, folder), row, [.. Describe(row, described, table)], RegionCells.Of(row, roles, folder)));
        }

        if (rows.Count == 0)
        {
            throw new DatasetException($"{options.Path}: expected a row a part; found a table without rows");
        }

        var names = rows.SelectMany(row => row.Attributes.Select(attribute => attribute.Key)).Distinct().ToImmutableArray();
        TableFile.RequireColumns(names.Length, options.Path);
        var pictures = rows.GroupBy(row => row.Picture.Id, StringComparer.Ordinal).Select(picture => Picture([.. picture])).ToImmutableArray();
        return new ManifestIndex(pictures, [.. names.Select(name => new PartAttribute(name, Values(name)))]);

        ListedPicture Picture((RowPicture Picture, TableRow Row, ImmutableArray<KeyValuePair<string, string>> Attributes, RegionSource Region)[] same)
        {
            var first = same[0].Picture;
            foreach (var other in same.Where(row => row.Picture.Group != first.Group || row.Picture.Split != first.Split))
            {
                throw new DatasetException($"{other.Row.Place}: expected group and split of the picture {first.Id} as in {same[0].Row.Place}, '{first.Group}' and '{first.Split}'; found '{other.Picture.Group}' and '{other.Picture.Split}'");
            }

            // One name, two files: the second would never be looked at.
            foreach (var other in same.Where(row => row.Picture.Source.Path != first.Source.Path))
            {
                throw new DatasetException($"{other.Row.Place}: expected the picture of {first.Id} as in {same[0].Row.Place}, '{first.Source.Path}'; found '{other.Picture.Source.Path}'; pictures of one thing are a group (dataset.columns.group)");
            }

            return new ListedPicture(first.Id, first.Source, first.Group, first.Split, [.. same.Select((row, number) => Row(first.Id, number, row.Row, row.Attributes, row.Region))]);
        }

        ListedPart Row(string picture, int number, TableRow row, ImmutableArray<KeyValuePair<string, string>> attributes, RegionSource region)
        {
            var id = roles.Id is { } column ? Cell.Text(row[column]) ?? throw new DatasetException($"{row.Place}: {column}: expected the row's name; found {Cell.Shown(row[column])}")
                : string.Create(CultureInfo.InvariantCulture, $"{picture}#{number + 1}");
            return places.TryAdd(id, row.Place)
                ? new ListedPart(id, row.Place, region, [.. names.Select(name => KeyValuePair.Create(name, attributes.FirstOrDefault(attribute => attribute.Key == name).Value ?? ""))])
                : throw new DatasetException($"{row.Place}: expected a name that no other row has; '{id}' is also that of {places[id]}");
        }

        // Names of classes have an order; other values are put into one that does not depend on the rows'.
        ImmutableArray<string> Values(string name) => table.ClassNames.TryGetValue(name, out var classes) ? classes
            : [.. rows.SelectMany(row => row.Attributes).Where(attribute => attribute.Key == name).Select(attribute => attribute.Value).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<KeyValuePair<string, string>> Describe(TableRow row, ImmutableArray<string> described, ITable table)
    {
        foreach (var column in described)
        {
            if (row[column] is Dictionary<string, object?> structure && column == ColumnRoles.Structure)
            {
                foreach (var (name, value) in structure)
                {
                    if (Cell.Description(value) is { } said)
                    {
                        yield return KeyValuePair.Create(name, said);
                    }
                }
            }
            else if (Cell.Description(row[column]) is { } text)
            {
                yield return KeyValuePair.Create(column, Class(row, column, table) ?? text);
            }
        }
    }

    private static string? Class(TableRow row, string column, ITable table)
    {
        if (!table.ClassNames.TryGetValue(column, out var classes) || row[column] is not long number)
        {
            return null;
        }

        // The datasets library writes -1 where a label is not known (ClassLabel).
        return number == -1 ? ""
            : number >= 0 && number < classes.Length ? classes[(int)number]
            : throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{row.Place}: {column}: expected a class from 0 to {classes.Length - 1}; found {number}"));
    }
}
