using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace FlagCloud.Cli;

/// <summary>The HTTP API. What goes wrong comes out as <see cref="ServerException"/> or, if asking otherwise helps, <see cref="UsageException"/>.</summary>
/// <param name="key">What a server in production asks of whoever changes something; null where it asks for nothing.</param>
sealed class FlagCloudClient(Uri server, Patience patience, string? key = null) : IDisposable
{
    const string Json = "application/json";

    readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = !server.IsLoopback }) { Timeout = patience.Request };

    /// <param name="path">Below the server's address, such as <c>api/comparisons</c>, or an address of its own.</param>
    public Uri Address(string path) => new(server, path);

    public async Task ReadyAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(patience.Reconnect, cancellationToken))
        {
            try
            {
                await BytesAsync("health", Json, cancellationToken);
                return;
            }
            catch (Exception e) when (e is ServerException or UsageException)
            {
                if (Stopwatch.GetElapsedTime(start) >= atMost) throw new ServerException($"waited {atMost.TotalSeconds:0.#} s, in vain: {e.Message}", mayPass: false, e);
            }
        }
    }

    public Task<Comparison> StartAsync(ComparisonSettings settings, CancellationToken cancellationToken) =>
        PostAsync("api/comparisons", JsonContent.Create(settings, options: FlagCloudJson.Options), cancellationToken);

    public Task<Comparison> AskAsync(string question, CancellationToken cancellationToken) =>
        PostAsync($"api/questions/{Uri.EscapeDataString(question)}", null, cancellationToken);

    public Task<byte[]> CancelAsync(string id, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, $"api/comparisons/{id}", Json, null, cancellationToken);

    public Task<Comparison> ComparisonAsync(string id, CancellationToken cancellationToken) => GetAsync<Comparison>($"api/comparisons/{id}", cancellationToken);

    /// <summary>Every download of a comparison, also of one that was interrupted: it is not to be cancelled, and each request has its own limit.</summary>
    public Task<List<Download>> DownloadsAsync(string id) => GetAsync<List<Download>>($"api/comparisons/{id}/downloads", CancellationToken.None);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => Read<T>(path, await BytesAsync(path, Json, cancellationToken));

    public Task<byte[]> BytesAsync(string path, string mediaType, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, mediaType, null, cancellationToken);

    /// <summary>The comparison's events, until the server closes the stream or is silent for too long.</summary>
    public async IAsyncEnumerable<ComparisonEvent> EventsAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.SilentStream);
        using var message = new HttpRequestMessage(HttpMethod.Get, Address($"api/comparisons/{id}/events")) { Headers = { Accept = { new("text/event-stream") } } };
        using var response = await UnbrokenAsync(() => http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token), cancellationToken);
        await ThrowIfRefusedAsync(response, limit.Token);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        await using var items = SseParser.Create(body, Parse).EnumerateAsync(limit.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await UnbrokenAsync(() => items.MoveNextAsync().AsTask(), cancellationToken))
        {
            limit.CancelAfter(patience.SilentStream);
            if (items.Current.Data is { } happened) yield return happened;
        }
    }

    public void Dispose() => http.Dispose();

    static ComparisonEvent? Parse(string type, ReadOnlySpan<byte> data) => type switch
    {
        "comparison" => new(Comparison: JsonSerializer.Deserialize<Comparison>(data, FlagCloudJson.Options)),
        "progress" => new(Progress: JsonSerializer.Deserialize<ComparisonProgress>(data, FlagCloudJson.Options)),
        "run" => new(Run: JsonSerializer.Deserialize<Run>(data, FlagCloudJson.Options)),
        _ => null,
    };

    T Read<T>(string path, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, FlagCloudJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ServerException($"{Address(path)} answered with something that is no FlagCloud record; give the server's address with --url.", mayPass: false, e);
        }
    }

    // A start that is under way is not torn off: the comparison might then run with nobody to cancel it.
    async Task<Comparison> PostAsync(string path, HttpContent? content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource();
        await using var stop = cancellationToken.Register(() => limit.CancelAfter(patience.StartWhenStopping));
        return Read<Comparison>(path, await SendAsync(HttpMethod.Post, path, Json, content, limit.Token));
    }

    Task<byte[]> SendAsync(HttpMethod method, string path, string mediaType, HttpContent? content, CancellationToken cancellationToken) => UnbrokenAsync(
        async () =>
        {
            using var message = new HttpRequestMessage(method, Address(path)) { Content = content, Headers = { Accept = { new(mediaType) } } };
            if (method != HttpMethod.Get && key is { Length: > 0 }) message.Headers.Authorization = new("Bearer", key);
            using var response = await http.SendAsync(message, cancellationToken);
            await ThrowIfRefusedAsync(response, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        },
        cancellationToken);

    // A cancellation that nobody wished for is a limit that ran out.
    async Task<T> UnbrokenAsync<T>(Func<Task<T>> exchange, CancellationToken wish)
    {
        try
        {
            return await exchange();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !wish.IsCancellationRequested))
        {
            throw new ServerException(
                $"no answer from FlagCloud at {server} ({(e is OperationCanceledException ? "it took too long" : e.Message)}); " +
                "start it with 'dotnet run --project FlagCloud.AppHost', or give its address with --url.", mayPass: true, e);
        }
    }

    static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        var said = Sentence(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var address = response.RequestMessage!.RequestUri!;
        throw response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableContent => new UsageException(said ?? $"{address} refused the request without saying why."),
            HttpStatusCode.NotFound => new UsageException($"{address} does not exist; 'flagcloud list' shows the comparisons, --url says where the server is."),
            var status => new ServerException(
                $"{address.GetLeftPart(UriPartial.Authority)} answered {(int)status} {response.ReasonPhrase} to {address.AbsolutePath}: {said ?? "its log says more."}",
                mayPass: status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500),
        };
    }

    // Problem details (RFC 9457), or anything else.
    static string? Sentence(byte[] body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<Problem>(body, FlagCloudJson.Options);
            return problem?.Errors is { Count: > 0 } errors
                ? string.Join(' ', errors.SelectMany(field => field.Value, (field, message) => SettingsOptions.Complaint(field.Key, message)))
                : problem?.Detail ?? problem?.Title;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed record Problem(string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors);
}

/// <summary>The server could not be asked, or could not answer.</summary>
sealed class ServerException(string message, bool mayPass, Exception? inner = null) : Exception(message, inner)
{
    public bool MayPass => mayPass; // The same request may well succeed a little later.
}
