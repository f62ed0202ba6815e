using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using FlagCloud.Contracts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery.Http;
using Polly;
using Polly.Retry;
using Outcome = FlagCloud.Contracts.Outcome;

namespace FlagCloud.Silo.Flags;

/// <summary>Fetches flags from an origin. One HTTP client and connection pool for every strategy.</summary>
sealed class FlagSource(IHttpClientFactory clients, IOptions<FlagOptions> options, CpuParts cpu, IServiceDiscoveryHttpMessageHandlerFactory discovery, TimeProvider time)
{
    public const string HttpClient = "flags";

    readonly FlagOptions options = options.Value;

    /// <summary>Where a flag comes from.</summary>
    public Uri UrlOf(string country, DownloadOrder order) => order.Origin is { } template
        ? new(OriginTemplate.Expand(template, country))
        : new(options.Origin, $"/{order.Profile}/flags/{country}.svg");

    /// <summary>Asks for one flag, again where that may help, until <paramref name="deadline"/> fires: then the outcome is cancelled.</summary>
    /// <param name="etag">Of the flag that is stored already, to be told if it is still current; null to fetch in any case.</param>
    public async Task<Fetched> Fetch(string country, DownloadOrder order, string? etag, CpuAccount account, CancellationToken deadline)
    {
        var url = UrlOf(country, order);
        var trace = new FetchTrace();
        var retries = new ResiliencePipelineBuilder<FetchAttempt> { TimeProvider = time }.AddRetry(Retry(country, order)).Build();
        FetchAttempt last;
        try
        {
            last = await retries.ExecuteAsync(async token => await Attempt(url, order, etag, trace, account, token), deadline);
        }
        catch (OperationCanceledException)
        {
            last = new(Outcome.Cancelled);
        }
        return new(last.Outcome, last.Reason, last.Flag, trace.Attempts, trace.DelaySeconds, trace.OriginInFlight, trace.HeadersAt, Stopwatch.GetTimestamp());
    }

    async Task<FetchAttempt> Attempt(Uri url, DownloadOrder order, string? etag, FetchTrace trace, CpuAccount account, CancellationToken deadline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        trace.Begin();
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (order.Origin is null)
        {
            request.Headers.Add("X-FlagCloud-Seed", order.Seed.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-FlagCloud-Attempt", trace.Attempts.ToString(CultureInfo.InvariantCulture));
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var patience = order.AttemptTimeout ?? options.AttemptTimeout;
        timeout.CancelAfter(patience);
        try
        {
            using var client = order.ConnectionReuse ? clients.CreateClient(HttpClient) : new HttpClient(discovery.CreateHandler(FlagServices.Handler()));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            trace.Headers(response, foreign: order.Origin is not null);
            return await FlagResponse.Read(response, url, options.MaxBytes, time, part => cpu.Here(part, account, timeout.Token), timeout.Token);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            return FetchAttempt.MayPass(FormattableString.Invariant($"the origin took longer than {patience.TotalSeconds:0.###} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return FetchAttempt.MayPass($"the connection to {url.Authority} failed: {e.Message}");
        }
    }

    // The spread of the waits is drawn from (seed, country, attempt), so that every strategy meets the same luck here too.
    RetryStrategyOptions<FetchAttempt> Retry(string country, DownloadOrder order) => new()
    {
        MaxRetryAttempts = Math.Max(1, order.Retries ?? options.Retries),
        ShouldHandle = args => ValueTask.FromResult((order.Retries ?? options.Retries) > 0 && args.Outcome.Result is { Transient: true }),
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
            args.Outcome.Result?.RetryAfter is { } asked && asked >= TimeSpan.Zero
                ? asked
                : options.RetryDelay * Math.Pow(2, args.AttemptNumber) * (0.5 + Draw(country, order.Seed, args.AttemptNumber))),
    };

    static double Draw(string country, int seed, int attempt) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"backoff|{seed}|{country}|{attempt}")) / (double)ulong.MaxValue;
}
