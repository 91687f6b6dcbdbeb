namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>A Parquet file that is read from known places only: a library that goes on to another, since what it found was less than was said, is stopped.</summary>
/// <param name="file">The file.</param>
internal sealed class ParquetStream(FileStream file) : Stream
{
    /// <summary>Where reading may begin; null: anywhere.</summary>
    public ParquetPages? Pages { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var place = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => file.Position + offset, _ => file.Length + offset };
        return Pages?.Contains(place) != false
            ? file.Seek(place, SeekOrigin.Begin)
            : throw new InvalidDataException($"its pages hold less than it says; what follows at byte {place} is none of them");
    }

    // To the end of a page nothing is missing, so the end of the file is one too early; asked for no bytes, there are none.
    public override int Read(Span<byte> buffer) => file.Read(buffer) is var read && read == 0 && buffer.Length > 0 ? throw new EndOfStreamException("it ends too early") : read;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Files are read without waiting for the system's own queue: what is asked for is small, and nobody waits on a context here.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
