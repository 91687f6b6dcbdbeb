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
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="settings">Where the hub is.</param>
    /// <param name="time">Waits between attempts.</param>
    public HubConnection(HubSettings settings, TimeProvider time)
    {
        _settings = settings;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ProbePipeline", Version));
        Pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(IsPassing),
            DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt.Outcome.Exception)),
        }).Build();
    }

    /// <summary>Tries again what may pass: lost connections, too many requests, faults of the server.</summary>
    public ResiliencePipeline Pipeline { get; }

    /// <summary>The body of an answer.</summary>
    /// <exception cref="CheckpointException">The hub refuses.</exception>
    public Task<byte[]> Get(HubId id, string path, CancellationToken cancellation) => Guarded(id, async token =>
    {
        using var response = await Send(id, path, from: 0, token).ConfigureAwait(false);
        return await Patiently(waiting => Bounded(response.Content, id, waiting), token).ConfigureAwait(false);
    }, cancellation);

    /// <summary>Waits for something to come; a connection on which nothing does for too long is lost, and may be tried again.</summary>
    /// <exception cref="HttpRequestException">Nothing has come.</exception>
    public async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
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
    }

    /// <summary>Runs with retries; what does not pass becomes an error that says what to do.</summary>
    public async Task<T> Guarded<T>(HubId id, Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            return await Pipeline.ExecuteAsync(async token => await run(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new CheckpointException($"{id}: {Explain(error)}", error);
        }
    }

    /// <summary>Sends one request and follows where it is sent on.</summary>
    /// <param name="id">The repository, for errors.</param>
    /// <param name="path">Path and query at the hub.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HttpRequestException">There is no answer, or it is an error.</exception>
    public async Task<HttpResponseMessage> Send(HubId id, string path, long from, CancellationToken cancellation)
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
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
            {
                response.Dispose();
                address = new Uri(address, next);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                var error = new HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}", inner: null, response.StatusCode);
                error.Data[nameof(RetryConditionHeaderValue)] = response.Headers.RetryAfter;
                response.Dispose();
                throw error;
            }

            return response;
        }

        throw new HttpRequestException($"sent on more than {MostRedirects} times", inner: null, HttpStatusCode.LoopDetected);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> Bounded(HttpContent content, HubId id, CancellationToken cancellation)
    {
        using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestAnswer)
            {
                throw new CheckpointException($"{id}: expected an answer of the hub of at most {LargestAnswer} bytes, found more; is HF_ENDPOINT a hub?");
            }
        }

        return body.ToArray();
    }

    private static bool IsPassing(HttpRequestException error) => error.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (error.StatusCode >= HttpStatusCode.InternalServerError && error.StatusCode != HttpStatusCode.LoopDetected);

    private static TimeSpan? RetryAfter(Exception? error) => error?.Data[nameof(RetryConditionHeaderValue)] is RetryConditionHeaderValue { Delta: { } delta } ? delta < LongestDelay ? delta : LongestDelay : null;

    private string Explain(HttpRequestException error) => error.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"the hub refuses access ({(int)error.StatusCode}): accept the repository's licence on its page, and set HF_TOKEN to a token that may read it"
            + (_settings.Token is null ? "; none is set" : ""),
        HttpStatusCode.NotFound => "the hub has no such repository or revision (404): check the spelling; a private one needs HF_TOKEN",
        { } status => string.Create(CultureInfo.InvariantCulture, $"the hub answers {(int)status} after {Retries} retries; try again later: what is downloaded by then is kept"),
        null => $"{_settings.ShownEndpoint} cannot be reached ({error.Message}); check the connection, or download the model elsewhere and name its folder: what is downloaded by then is kept",
    };
}
