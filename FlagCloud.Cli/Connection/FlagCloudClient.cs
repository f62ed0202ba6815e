using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Connection;

/// <summary>The silo's HTTP API. What goes wrong comes out as <see cref="SiloException"/> or <see cref="UsageException"/>.</summary>
/// <param name="key">What a silo in production asks of whoever changes something; null where it asks for nothing.</param>
sealed class FlagCloudClient(Uri silo, Patience patience, string? key = null) : IDisposable
{
    /// <summary>The environment variable that has the key: an option would show it in the process list and the shell's history.</summary>
    public const string KeyVariable = "FLAGCLOUD_API_KEY";

    // What the user did not say is left out, so that the silo's default holds.
    static readonly JsonSerializerOptions WhatWasSaid = new(FlagCloudJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = !silo.IsLoopback })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Each request has a limit of its own; an event stream has none.
    };

    public Uri Silo => silo;

    public Uri Comparisons => new(silo, "api/comparisons");

    public Uri Questions => new(silo, "api/questions");

    public Uri Address(string id) => new(silo, $"api/comparisons/{id}");

    /// <returns>The address of the new comparison's record.</returns>
    public async Task<Uri> StartAsync(ComparisonRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Comparisons) { Headers = { Authorization = Key() }, Content = JsonContent.Create(request, options: WhatWasSaid) };
        using var limit = Limit(cancellationToken);
        using var response = await SendAsync(message, limit.Token, cancellationToken);
        var comparison = await ReadAsync<Comparison>(response, limit.Token, cancellationToken);
        return response.Headers.Location is { } location ? new Uri(Comparisons, location) : Address(comparison.Id);
    }

    /// <returns>The address of the answer's record.</returns>
    public async Task<Uri> AskAsync(string question, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Questions.AbsoluteUri}/{Uri.EscapeDataString(question)}"));
        using var limit = Limit(cancellationToken);
        using var response = await SendAsync(message, limit.Token, cancellationToken);
        var answer = await ReadAsync<Answer>(response, limit.Token, cancellationToken);
        return new(silo, $"api/answers/{answer.Id}");
    }

    public async Task<T> GetAsync<T>(Uri address, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { new("application/json") } } };
        using var limit = Limit(cancellationToken);
        using var response = await SendAsync(message, limit.Token, cancellationToken);
        return await ReadAsync<T>(response, limit.Token, cancellationToken);
    }

    /// <summary>Copies what the silo answers, byte for byte.</summary>
    public async Task CopyAsync(Uri address, string mediaType, Stream target, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { new(mediaType) } } };
        using var limit = Limit(cancellationToken);
        using var response = await SendAsync(message, limit.Token, cancellationToken);
        byte[] body;
        try
        {
            body = await response.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (Exception e) when (IsBroken(e, cancellationToken))
        {
            throw Broken(e);
        }

        await target.WriteAsync(body, cancellationToken);
    }

    public async Task CancelAsync(Uri address, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, address) { Headers = { Authorization = Key() } };
        using var limit = Limit(cancellationToken);
        using var response = await SendAsync(message, limit.Token, cancellationToken, alsoFine: HttpStatusCode.Conflict);
    }

    /// <summary>The comparison's events, until the silo closes the stream or is silent for too long.</summary>
    public async IAsyncEnumerable<ComparisonEvent> EventsAsync(Uri comparison, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(comparison.AbsoluteUri + "/events")) { Headers = { Accept = { new("text/event-stream") } } };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.SilentStream);
        using var response = await SendAsync(message, limit.Token, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        await using var items = SseParser.Create(body, Parse).EnumerateAsync(limit.Token).GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (IsBroken(e, cancellationToken) || e is JsonException)
            {
                throw Broken(e);
            }

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

    // A cancellation that nobody wished for is a limit that ran out.
    static bool IsBroken(Exception e, CancellationToken wish) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !wish.IsCancellationRequested);

    AuthenticationHeaderValue? Key() => string.IsNullOrEmpty(key) ? null : new("Bearer", key);

    CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.Request);
        return limit;
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken limit, CancellationToken wish, HttpStatusCode? alsoFine = null)
    {
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit);
            if (response.IsSuccessStatusCode || response.StatusCode == alsoFine) return response;
            using (response) throw await Refusal.ReadAsync(response, silo, limit);
        }
        catch (Exception e) when (IsBroken(e, wish))
        {
            throw Broken(e);
        }
    }

    async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken limit, CancellationToken wish)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(FlagCloudJson.Options, limit) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new SiloException(
                $"{response.RequestMessage!.RequestUri} answered with something that is no FlagCloud record; give the silo's address with --url.", mayPass: false, e);
        }
        catch (Exception e) when (IsBroken(e, wish))
        {
            throw Broken(e);
        }
    }

    SiloException Broken(Exception cause) => new(
        $"no answer from the silo at {silo} ({(cause is OperationCanceledException ? "it took too long" : cause.Message)}); " +
        "start it with 'dotnet run --project FlagCloud.AppHost', or give its address with --url.", mayPass: true, cause);
}
