using System.Globalization;

namespace ProbePipeline.Benchmarks;

/// <summary>Memory of this process that no file backs (RssAnon of /proc/self/status), now and at its highest while watched.</summary>
internal sealed class AnonymousMemory : IDisposable
{
    private readonly Thread _watcher;
    private volatile bool _isDone;
    private long _peak;

    private AnonymousMemory()
    {
        _peak = Now;
        _watcher = new Thread(Watch) { IsBackground = true, Name = "anonymous memory" };
        _watcher.Start();
    }

    /// <summary>Bytes at this moment.</summary>
    public static long Now => Read("RssAnon:");

    /// <summary>Bytes of files that are mapped and present.</summary>
    public static long Mapped => Read("RssFile:");

    /// <summary>The most bytes seen, looking every millisecond.</summary>
    public long Peak => Math.Max(Interlocked.Read(ref _peak), Now);

    public static AnonymousMemory Watched() => new();

    public void Dispose()
    {
        _isDone = true;
        _watcher.Join();
    }

    private static long Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(field.Length).TrimEnd("kB"), NumberStyles.Integer, CultureInfo.InvariantCulture);
    }

    private void Watch()
    {
        while (!_isDone)
        {
            Interlocked.Exchange(ref _peak, Math.Max(_peak, Now));
            Thread.Sleep(1);
        }
    }
}
