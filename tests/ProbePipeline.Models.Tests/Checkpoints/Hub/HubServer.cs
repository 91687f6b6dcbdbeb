using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProbePipeline.Models.Tests.Checkpoints.Hub;

/// <summary>
/// Two hosts on this machine that speak the hub's protocol: one that lists repositories and sends requests for files on, one that stores files, with range requests and whatever goes
/// wrong on the way.
/// </summary>
internal sealed class HubServer : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>What the listing is called where files are named that something happens to.</summary>
    public const string Listing = "listing";

    private readonly HttpListener _hub = new();
    private readonly HttpListener _store = new();
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public HubServer()
    {
        Endpoint = Listen(_hub, "localhost", AnswerAsHub);
        Store = Listen(_store, "127.0.0.1", AnswerAsStore);
    }

    public Uri Endpoint { get; }

    public Uri Store { get; }

    /// <summary>Every request: host and path, the range and the token that came with it.</summary>
    public ConcurrentQueue<(string Path, string? Range, string? Token)> Requests { get; } = [];

    /// <summary>Answers to give before the right ones, by the beginning of the path: a status, and seconds to wait.</summary>
    public ConcurrentQueue<(string Path, int Status, int? RetryAfter)> Faults { get; } = [];

    /// <summary>Files that are sent this many bytes of, once, before the connection is cut.</summary>
    public ConcurrentDictionary<string, int> CutAfter { get; } = new();

    /// <summary>Files that are sent this many bytes of, once, before nothing more comes on an open connection.</summary>
    public ConcurrentDictionary<string, int> StallAfter { get; } = new();

    /// <summary>Files that come byte by byte for this long, every time, before the rest of them comes.</summary>
    public ConcurrentDictionary<string, TimeSpan> SlowFor { get; } = new();

    /// <summary>Files whose content is not what the listing states.</summary>
    public HashSet<string> Corrupted { get; } = [];

    /// <summary>Whether the store knows ranges.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>The token that is asked for; null: none.</summary>
    public string? NeededToken { get; set; }

    /// <summary>A name that the listing has beside the files.</summary>
    public string? Stray { get; set; }

    public byte[] this[string file]
    {
        get => _files[file];
        set => _files[file] = value;
    }

    public void Dispose()
    {
        _hub.Close();
        _store.Close();
    }

    private static Uri Listen(HttpListener listener, string host, Action<HttpListenerContext> answer)
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/");
        listener.Prefixes.Add(address);
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    _ = Task.Run(() => answer(context));
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        });
        return new Uri(address);
    }

    private void AnswerAsHub(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue((path, context.Request.Headers["Range"], context.Request.Headers["Authorization"]));
        if (Fault(context, path))
        {
            return;
        }

        if (NeededToken is { } needed && context.Request.Headers["Authorization"] != $"Bearer {needed}")
        {
            End(context, 401);
        }
        else if (path.StartsWith("/api/models/org/name/revision/", StringComparison.Ordinal))
        {
            var listing = JsonSerializer.SerializeToUtf8Bytes(new { sha = Commit, siblings = _files.Select(file => Sibling(file.Key, file.Value)).Concat(Stray is { } name ? [Sibling(name, [])] : []) });
            Send(context, Listing, listing, from: 0);
        }
        else if (path.StartsWith($"/org/name/resolve/{Commit}/", StringComparison.Ordinal))
        {
            context.Response.Headers["Location"] = new Uri(Store, path[$"/org/name/resolve/{Commit}/".Length..]).ToString();
            End(context, 302);
        }
        else
        {
            End(context, 404);
        }
    }

    private void AnswerAsStore(HttpListenerContext context)
    {
        var (path, range) = (context.Request.Url!.AbsolutePath[1..], context.Request.Headers["Range"]);
        Requests.Enqueue(($"store/{path}", range, context.Request.Headers["Authorization"]));
        if (Fault(context, $"store/{path}"))
        {
            return;
        }

        var content = Corrupted.Contains(path) ? [.. _files[path].Reverse()] : _files[path];
        var from = KnowsRanges && range is not null ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        context.Response.StatusCode = from > 0 ? 206 : 200;
        Send(context, path, content, from);
    }

    private void Send(HttpListenerContext context, string file, byte[] content, int from)
    {
        context.Response.ContentLength64 = content.Length - from;
        try
        {
            if (StallAfter.TryRemove(file, out var sent))
            {
                context.Response.OutputStream.Write(content, from, sent - from);
                context.Response.OutputStream.Flush();
                return;
            }

            if (CutAfter.TryRemove(file, out var bytes))
            {
                context.Response.OutputStream.Write(content, from, bytes - from);
                context.Response.OutputStream.Flush();
                context.Response.Abort();
                return;
            }

            var slow = SlowFor.GetValueOrDefault(file);
            for (var begun = Stopwatch.StartNew(); begun.Elapsed < slow; from++)
            {
                context.Response.OutputStream.Write(content, from, 1);
                context.Response.OutputStream.Flush();
                Thread.Sleep(10);
            }

            context.Response.OutputStream.Write(content, from, content.Length - from);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away.
        }
    }

    private bool Fault(HttpListenerContext context, string path)
    {
        if (!Faults.TryPeek(out var fault) || !path.StartsWith(fault.Path, StringComparison.Ordinal) || !Faults.TryDequeue(out fault))
        {
            return false;
        }

        if (fault.RetryAfter is { } seconds)
        {
            context.Response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        End(context, fault.Status);
        return true;
    }

    private static object Sibling(string path, byte[] content) => path.EndsWith(".safetensors", StringComparison.Ordinal)
        ? new { rfilename = path, size = content.Length, blobId = new string('1', 40), lfs = new { sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), size = content.Length } }
        : new { rfilename = path, size = content.Length, blobId = GitHash(content) };

#pragma warning disable CA5350 // Git names its blobs by SHA-1.
    private static string GitHash(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {content.Length}\0")), .. content]));
#pragma warning restore CA5350

    private static void End(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
    }
}
