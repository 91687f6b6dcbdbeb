using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;

namespace ProbePipeline.Features;

/// <summary>
/// Features on disk. Rows come in chunks; a chunk under one condition is one safetensors file, which is there wholly or not at all, so a run that
/// was cut off goes on where it stopped. Beside them lie <c>manifest.json</c> and <c>rows.jsonl</c>. Whatever is read is held against its checksum.
/// </summary>
public sealed class FeatureStore
{
    private readonly string _folder;
    private readonly IReadOnlySet<int> _leftOut;
    private readonly Lazy<ImmutableArray<FeatureRow>> _rows;
    private FeatureManifest _stored;

    private FeatureStore(string folder, FeatureManifest stored, IReadOnlySet<int> leftOut)
    {
        (_folder, _stored, _leftOut) = (folder, stored, leftOut);
        Manifest = leftOut.Count == 0 ? stored : stored with { ChunkRows = [.. Enumerable.Range(0, stored.ChunkRows.Length).Select(chunk => Kept(chunk).Length)] };
        _rows = new(() => [.. RowFile.Read(RowPath(folder), stored).Where((_, row) => !leftOut.Contains(row))]);
    }

    /// <summary>What the store holds.</summary>
    public FeatureManifest Manifest { get; private set; }

    /// <summary>The rows, chunk after chunk.</summary>
    public ImmutableArray<FeatureRow> Rows => _rows.Value;

    /// <summary>
    /// Opens a store that is to be filled: a new one, or one that was begun under the same manifest and rows. Whoever fills it has to be alone there; what others
    /// left unfinished is removed.
    /// </summary>
    /// <exception cref="FeatureStoreException">The store there was made from something else; the message lists what.</exception>
    public static FeatureStore Begin(string folder, FeatureManifest manifest, ImmutableArray<FeatureRow> rows)
    {
        RowFile.Require(manifest, rows);
        WholeFile.RemoveUnfinished(folder);
        if (!Exists(folder))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.safetensors").Any())
            {
                throw new FeatureStoreException($"{folder}: expected an empty folder or a feature store; found safetensors files without a manifest; choose another folder");
            }

            WholeFile.CreateFolder(folder);
            // The manifest comes last: where it is, the rows are whole.
            var begun = manifest with { RowsChecksum = RowFile.Write(RowPath(folder), rows) };
            ManifestFile.Write(folder, begun);
            return new FeatureStore(folder, begun, ImmutableHashSet<int>.Empty);
        }

        var store = Open(folder);
        store.RequireMadeFrom(manifest, rows);
        return store;
    }

    /// <summary>Whether a store was begun in a folder.</summary>
    public static bool Exists(string folder) => File.Exists(ManifestFile.In(folder));

    /// <summary>Opens a store to read.</summary>
    /// <exception cref="FeatureStoreException">There is none, or it cannot be read.</exception>
    public static FeatureStore Open(string folder) => new(folder, ManifestFile.Read(folder), ImmutableHashSet<int>.Empty);

    /// <summary>Refuses a store that was made from something else than another, whatever chunks either has.</summary>
    /// <exception cref="FeatureStoreException">It was; the message lists what differs.</exception>
    public void RequireMadeLike(FeatureStore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireMadeFrom(other._stored, other.Rows);
    }

    /// <summary>Takes over the chunks that this store lacks from one that was made from the same. Whoever does so has to be alone in both.</summary>
    /// <param name="other">The store to take from, of the same machine or brought from another.</param>
    /// <param name="keep">Whether the other store keeps its chunks, which are then held against their checksums and copied; otherwise they are moved.</param>
    /// <returns>How many chunks, under any condition, were taken over.</returns>
    /// <exception cref="FeatureStoreException">The other store was made from something else, or a chunk is damaged or cannot be written.</exception>
    public int Join(FeatureStore other, bool keep)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.RequireMadeLike(this);
        var taken = 0;
        foreach (var (chunk, condition) in Chunks().Where(part => !IsFinished(part.Chunk, part.Condition) && other.IsFinished(part.Chunk, part.Condition)))
        {
            var (from, to) = (other.ChunkPath(chunk, condition), ChunkPath(chunk, condition));
            if (keep)
            {
                new ChunkFile(_stored, chunk).Verify(from);
                WholeFile.Copy(from, to);
            }
            else
            {
                WholeFile.Move(from, to);
            }

            taken++;
        }

        foreach (var note in (other._stored.BatchSizes ?? []).Except(_stored.BatchSizes ?? []))
        {
            Note(note);
        }

        return taken;
    }

    /// <summary>The same store as if it had not some of its rows, for reading; on the disk nothing changes.</summary>
    /// <param name="rows">The rows to leave out, by their place in this store.</param>
    public FeatureStore Without(IReadOnlySet<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return _leftOut.Count == 0 ? new(_folder, _stored, rows) : throw new InvalidOperationException("Rows are left out already: their places are other ones now.");
    }

    /// <summary>Notes in the manifest that from here on another number of rows goes through the network together.</summary>
    public void Note(BatchSizeNote note)
    {
        Manifest = _stored = _stored with { BatchSizes = [.. _stored.BatchSizes ?? [], note] };
        ManifestFile.Write(_folder, _stored);
    }

    /// <summary>Whether a chunk is there under a condition.</summary>
    public bool IsFinished(int chunk, string condition) => File.Exists(ChunkPath(chunk, condition));

    /// <summary>How many chunks are missing under some conditions.</summary>
    /// <exception cref="FeatureStoreException">A condition does not exist.</exception>
    public int CountMissing(params IEnumerable<string> conditions) =>
        conditions.Sum(condition => Enumerable.Range(0, Manifest.ChunkRows.Length).Count(chunk => !IsFinished(chunk, RequireCondition(condition))));

    /// <summary>Adds a chunk under a condition.</summary>
    /// <exception cref="FeatureStoreException">The values are not what the manifest describes.</exception>
    public void Write(int chunk, string condition, FeatureValues values) => new ChunkFile(_stored, chunk).Write(ChunkPath(chunk, condition), values);

    /// <summary>The rows under one condition as a data view, streamed chunk by chunk: <c>Id</c>, <c>Image</c>, the attributes, and the columns asked for.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="columns">Names of columns; none: all.</param>
    /// <exception cref="FeatureStoreException">Condition or column does not exist.</exception>
    public IDataView View(string condition, params IEnumerable<string> columns)
    {
        ImmutableArray<FeatureColumn> chosen = [.. columns.Select(Manifest.Column)];
        return new FeatureView(this, RequireCondition(condition), chosen.IsEmpty ? Manifest.Columns : chosen);
    }

    /// <summary>One chunk of one column, [rows of the chunk, width].</summary>
    /// <typeparam name="T">float or int, as the column's type is.</typeparam>
    /// <exception cref="FeatureStoreException">The chunk is missing or damaged, or the column is of another type.</exception>
    public T[] Read<T>(int chunk, string condition, string column)
        where T : unmanaged
    {
        var described = Manifest.Column(column);
        return (described.Type == FeatureType.Float32 ? typeof(float) : typeof(int)) == typeof(T)
            ? Kept(chunk, described.Width, new ChunkFile(_stored, chunk).Read<T>(ChunkPath(chunk, RequireCondition(condition)), described))
            : throw new FeatureStoreException($"column {column} holds {described.Type}; found a request for {typeof(T).Name}");
    }

    /// <summary>All rows of one column under one condition, [rows, width].</summary>
    /// <inheritdoc cref="Read{T}(int, string, string)"/>
    public T[] Read<T>(string condition, string column)
        where T : unmanaged => [.. Enumerable.Range(0, Manifest.ChunkRows.Length).SelectMany(chunk => Read<T>(chunk, condition, column))];

    /// <summary>SHA-256 of what the store holds: its manifest without sizes of batches, and of every chunk the header, which has the checksums of its numbers.</summary>
    /// <exception cref="FeatureStoreException">A chunk is missing, or its header is damaged.</exception>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ManifestFile.Bytes(_stored));
        foreach (var (chunk, condition) in Chunks())
        {
            hash.AppendData(new ChunkFile(_stored, chunk).ReadHeader(ChunkPath(chunk, condition)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads everything, and says what is missing, damaged or not described by the manifest, a line each; none: the store is whole.</summary>
    public IEnumerable<string> Faults()
    {
        if (FaultIn(() => _ = Rows) is { } inRows)
        {
            yield return inRows;
        }

        var others = Directory.EnumerateFiles(_folder, "*.safetensors").ToHashSet(StringComparer.Ordinal);
        foreach (var (chunk, condition) in Chunks())
        {
            others.Remove(ChunkPath(chunk, condition));
            if (FaultIn(() => new ChunkFile(_stored, chunk).Verify(ChunkPath(chunk, condition))) is { } inChunk)
            {
                yield return inChunk;
            }
        }

        foreach (var path in others.Order(StringComparer.Ordinal))
        {
            yield return $"{path}: expected chunks that the manifest describes; found another; delete it";
        }
    }

    private void RequireMadeFrom(FeatureManifest manifest, ImmutableArray<FeatureRow> rows)
    {
        var changes = ManifestFile.Changes(_stored, manifest).ToList();
        if (changes.Count == 0 && !Rows.AsSpan().SequenceEqual(rows.AsSpan(), RowFile.Comparer))
        {
            changes.Add("rows: others than before");
        }

        if (changes.Count > 0)
        {
            throw new FeatureStoreException(
                $"{_folder}: the features there were made from something else: {string.Join("; ", changes)}. Choose another output, or delete that folder to make the features anew");
        }
    }

    // The places in a chunk of the rows that are not left out.
    private int[] Kept(int chunk)
    {
        var first = _stored.ChunkRows.Take(chunk).Sum();
        return [.. Enumerable.Range(0, _stored.ChunkRows[chunk]).Where(row => !_leftOut.Contains(first + row))];
    }

    private T[] Kept<T>(int chunk, int width, T[] values) => _leftOut.Count == 0 ? values : [.. Kept(chunk).SelectMany(row => values.AsSpan(row * width, width).ToArray())];

    private static string? FaultIn(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (FeatureStoreException error)
        {
            return error.Message;
        }
    }

    private IEnumerable<(int Chunk, string Condition)> Chunks() =>
        from chunk in Enumerable.Range(0, Manifest.ChunkRows.Length) from condition in Manifest.Conditions select (chunk, condition);

    private static string RowPath(string folder) => Path.Combine(folder, "rows.jsonl");

    private string RequireCondition(string condition) => Manifest.Conditions.Contains(condition)
        ? condition
        : throw new FeatureStoreException($"expected one of the conditions {string.Join(", ", Manifest.Conditions)}; found '{condition}'");

    // A condition's name is the user's: what no file system refuses is kept, the place in the list makes it unlike the others.
    private string ChunkPath(int chunk, string condition)
    {
        var name = string.Concat(condition.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '_'));
        return Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"chunk-{chunk:d5}.{Manifest.Conditions.IndexOf(condition)}-{name}.safetensors"));
    }
}
