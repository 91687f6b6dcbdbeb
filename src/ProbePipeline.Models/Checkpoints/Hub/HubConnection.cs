using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Polly;
using Polly.Retry;

namespace ProbePipeline.Models.Checkpoints.Hub;

/// <summary>Asks the hub. Redirects are followed here, so that the token goes to the hub alone and never to the host that stores the files.</summary>
internal sealed class HubConnection : IDisposable
{
    // A listing of a hundred thousand files.
    private const int LargestAnswer = 64 << 20;
    private const int MostRedirects = 5;
    private const int Retries = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    // Without the commit that a build appends.
    private static readonly string Version = typeof(HubConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly HubSettings _settings;
    private readonly ResiliencePipeline _pipeline;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="settings">Where the hub is.</param>
    /// <param name="time">Waits between attempts.</param>
    public HubConnection(HubSettings settings, TimeProvider time)
    {
        _settings = settings;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ProbePipeline", Version));
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(IsPassing),
            DelayGenerator = attempt => ValueTask.FromResult(AskedDelay(attempt.Outcome.Exception)),
        }).Build();
    }

    /// <summary>The body of an answer.</summary>
    /// <exception cref="CheckpointException">The hub refuses.</exception>
    public Task<byte[]> Get(HubId id, string path, CancellationToken cancellation) => Guarded(id, async token =>
    {
        using var response = await Send(path, from: 0, token).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await Read(stream, buffer, token).ConfigureAwait(false)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestAnswer)
            {
                throw new CheckpointException($"{id}: expected an answer of the hub of at most {LargestAnswer} bytes, found more; is HF_ENDPOINT a hub?");
            }
        }

        return body.ToArray();
    }, cancellation);

    /// <summary>Tries again what may pass: lost connections, too many requests, faults of the server.</summary>
    /// <exception cref="CheckpointException">It does not pass; the message says what to do.</exception>
    public async Task<T> Guarded<T>(HubId id, Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await run(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new CheckpointException($"{id}: {Explain(error)}", error);
        }
    }

    /// <summary>Sends one request and follows where it is sent on.</summary>
    /// <param name="path">Path and query at the hub.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HttpRequestException">There is no answer, or it is an error.</exception>
    public async Task<HttpResponseMessage> Send(string path, long from, CancellationToken cancellation)
    {
        var address = new Uri(_settings.Endpoint, path);
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
            // A host by the same name at another port is another host.
            if (_settings.Token is { } secret && address.Authority == _settings.Endpoint.Authority && address.Scheme == _settings.Endpoint.Scheme)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            }

            var response = await Patiently(token => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                address = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next ? new Uri(address, next) : throw new RefusedException(response);
            }
        }

        throw new HttpRequestException($"sent on more than {MostRedirects} times", inner: null, HttpStatusCode.LoopDetected);
    }

    /// <summary>Reads what comes next of a body.</summary>
    /// <exception cref="HttpRequestException">The connection is lost.</exception>
    public Task<int> Read(Stream body, byte[] buffer, CancellationToken cancellation) => Patiently(token => body.ReadAsync(buffer, token).AsTask(), cancellation);

    public void Dispose() => _client.Dispose();

    // A connection that is cut, or on which nothing comes for too long, is lost and may be tried again; an IOException from elsewhere is the disk's.
    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.Patience);
        try
        {
            return await run(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"nothing came for {_settings.Patience.TotalSeconds:0.#} seconds"), error);
        }
        catch (IOException error)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }

    private static bool IsPassing(HttpRequestException error) => error.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (error.StatusCode >= HttpStatusCode.InternalServerError && error.StatusCode != HttpStatusCode.LoopDetected);

    private static TimeSpan? AskedDelay(Exception? error) => error is RefusedException { RetryAfter: { } delay } ? delay < LongestDelay ? delay : LongestDelay : null;

    private string Explain(HttpRequestException error) => error.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"the hub refuses access ({(int)error.StatusCode}): accept the repository's licence on its page, and set HF_TOKEN to a token that may read it"
            + (_settings.Token is null ? "; none is set" : ""),
        HttpStatusCode.NotFound => "the hub has no such repository or revision (404): check the spelling; a private one needs HF_TOKEN",
        { } status => string.Create(CultureInfo.InvariantCulture, $"the hub answers {(int)status} after {Retries} retries; try again later: what is downloaded by then is kept"),
        null => $"{_settings.ShownEndpoint} cannot be reached ({error.Message}); check the connection, or download the model elsewhere and name its folder: what is downloaded by then is kept",
    };

    /// <summary>An answer that is an error, and how long the hub then wants to be left alone, where it says so.</summary>
    private sealed class RefusedException(HttpResponseMessage response) : HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}", inner: null, response.StatusCode)
    {
        public TimeSpan? RetryAfter { get; } = response.Headers.RetryAfter?.Delta;
    }
}
