using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProbePipeline.Testing;

/// <summary>
/// Gives a reader files that were tampered with and holds it to its promise: each is read, or refused by an error of a named type that says where; never another
/// exception, never more than <see cref="Patience"/>, never more than <see cref="MostAllocated"/> beyond the file itself.
/// </summary>
public static class HostileInputs
{
    /// <summary>The processor time after which a reader counts as hanging; another process that takes the machine is not its fault.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that reading may take beyond the file's own.</summary>
    public const long MostAllocated = 64 << 20;

    private const int MostShown = 12;

    /// <summary>Whether the long form of the tests was asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("PROBE_LONG") == "1";

    /// <summary>Files that each reader is given: 300, 10 000 with PROBE_LONG=1.</summary>
    public static int Count => IsLong ? 10_000 : 300;

    /// <summary>Reads mutations of files.</summary>
    /// <param name="read">Reads one; the file's bytes are what is given.</param>
    /// <param name="where">A part of every error's message: where the reader was.</param>
    /// <param name="errors">The types of error that the reader documents.</param>
    /// <param name="seeds">Valid files.</param>
    /// <exception cref="InvalidOperationException">The promise is broken; the message has a line a kind of fault.</exception>
    public static void Check(Action<byte[]> read, string where, Type[] errors, params byte[][] seeds)
    {
        foreach (var seed in seeds)
        {
            read(seed);
        }

        var mutator = new InputMutator(seeds);
        Check(Enumerable.Range(0, Count).Select(number => ($"mutation {number.ToString(CultureInfo.InvariantCulture)}", mutator[number])), read, where, errors);
    }

    /// <summary>Reads files by name.</summary>
    /// <inheritdoc cref="Check(Action{byte[]}, string, Type[], byte[][])"/>
    public static void Check(IEnumerable<(string Name, byte[] File)> files, Action<byte[]> read, string where, Type[] errors)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        var resident = Environment.WorkingSet;
        foreach (var (name, file) in files)
        {
            var allocated = 0L;
            Exception? error = null;
            var reading = new Thread(() =>
            {
                var before = GC.GetTotalAllocatedBytes();
                try
                {
                    read(file);
                }
                catch (Exception thrown)
                {
                    error = thrown;
                }

                allocated = GC.GetTotalAllocatedBytes() - before;
            });
            reading.IsBackground = true;
            reading.Start();
            if (!Ends(reading))
            {
                faults.TryAdd("hang", $"{name}: takes more than {Patience.TotalSeconds} s of the processor");
                break;
            }

            if (error is not null && !errors.Contains(error.GetType()))
            {
                faults.TryAdd($"{error.GetType()} {FirstFrame(error)}", $"{name}: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} {FirstFrame(error)}");
            }
            else if (error is not null && !error.Message.Contains(where, StringComparison.Ordinal))
            {
                faults.TryAdd($"where {FirstFrame(error)}", $"{name}: the message does not say '{where}': {error.Message}");
            }

            if (allocated > file.Length + MostAllocated)
            {
                faults.TryAdd($"memory {error?.GetType()}", FormattableString.Invariant($"{name}: {allocated >> 20} MB for a file of {file.Length} bytes ({error?.Message ?? "read"})"));
            }
        }

        // Natives are seen from outside alone, and coarsely.
        if (Environment.WorkingSet - resident > 16 * MostAllocated)
        {
            faults.TryAdd("resident", FormattableString.Invariant($"the process grew by {(Environment.WorkingSet - resident) >> 20} MB"));
        }

        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"{faults.Count} kinds of fault:\n{string.Join('\n', faults.Values.Take(MostShown))}");
        }
    }

    private static bool Ends(Thread reading)
    {
        if (reading.Join(Patience))
        {
            return true;
        }

        using var process = Process.GetCurrentProcess();
        for (var begun = process.TotalProcessorTime; process.TotalProcessorTime - begun < Patience; process.Refresh())
        {
            if (reading.Join(TimeSpan.FromMilliseconds(100)))
            {
                return true;
            }
        }

        return false;
    }

    private static string FirstFrame(Exception error)
    {
        var frames = new StringBuilder();
        foreach (var frame in (error.StackTrace ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Contains("ProbePipeline", StringComparison.Ordinal)).Take(2))
        {
            frames.Append('[').Append(frame.Split(" in /")[0]).Append("] ");
        }

        return frames.ToString();
    }
}
