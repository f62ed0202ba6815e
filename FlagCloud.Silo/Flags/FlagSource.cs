using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.ServiceDiscovery.Http;

namespace FlagCloud.Silo.Flags;

/// <summary>One request to the origin, as it ended.</summary>
/// <param name="Transient">Whether another request may end better.</param>
/// <param name="RetryAfter">How long the origin asks to wait before it; null if it does not.</param>
sealed record FetchAttempt(Outcome Outcome, string? Reason = null, FetchedFlag? Flag = null, bool Transient = false, TimeSpan? RetryAfter = null)
{
    public static FetchAttempt Failed(string reason) => new(Outcome.Error, reason);
    public static FetchAttempt MayPass(string reason, TimeSpan? retryAfter = null) => new(Outcome.Error, reason, null, true, retryAfter);
}

/// <summary>A flag that came whole and unharmed.</summary>
/// <param name="Sha256">Lower-case hex.</param>
sealed record FetchedFlag(Uri Url, byte[] Content, string ContentType, string Sha256, string? ETag);

/// <summary>Fetches flags from an origin. One HTTP client and connection pool for every strategy.</summary>
sealed class FlagSource(IHttpClientFactory clients, IOptions<FlagOptions> options, CpuParts cpu, IServiceDiscoveryHttpMessageHandlerFactory discovery, TimeProvider time)
{
    public const string OurClient = "flags", ForeignClient = "foreign flags"; // Of our origin, and of origins that a request names.

    readonly FlagOptions options = options.Value;

    /// <summary>Where a flag comes from.</summary>
    public Uri UrlOf(FlagDownload download) => download.Order.Origin is { } template
        ? new(OriginTemplate.Expand(template, download.Country))
        : new(options.Origin, $"/{download.Order.Profile}/flags/{download.Country}.svg");

    /// <summary>Asks for one flag, again where that may help, until <paramref name="deadline"/> fires: then it throws.</summary>
    /// <param name="etag">Of the flag that is stored already, to be told if it is still current; null to fetch in any case.</param>
    public async Task<FetchAttempt> Fetch(FlagDownload download, string? etag, CancellationToken deadline)
    {
        var url = UrlOf(download);
        var begunAt = time.GetTimestamp();
        for (var retry = 0; ; retry++)
        {
            var attempt = await Attempt(url, download, etag, deadline);
            if (!attempt.Transient || retry == (download.Order.Retries ?? options.Retries)) return attempt;
            // A wait that ends after the deadline would only be in vain.
            if (attempt.RetryAfter >= options.Deadline - time.GetElapsedTime(begunAt)) return attempt;
            await Task.Delay(attempt.RetryAfter is { } asked && asked >= TimeSpan.Zero ? asked : Backoff(download, retry), time, deadline);
        }
    }

    async Task<FetchAttempt> Attempt(Uri url, FlagDownload download, string? etag, CancellationToken deadline)
    {
        var order = download.Order;
        // .NET repeats a request by itself, three times and unseen, if its connection ends without an answer; never one whose body it has sent, though that be empty.
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Content = new ByteArrayContent([]) };
        var number = download.Requested();
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (order.Origin is null)
        {
            request.Headers.Add("X-FlagCloud-Seed", order.Seed.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-FlagCloud-Attempt", number.ToString(CultureInfo.InvariantCulture));
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var patience = order.AttemptTimeout ?? options.AttemptTimeout;
        timeout.CancelAfter(patience);
        var begunAt = Stopwatch.GetTimestamp();
        FetchAttempt attempt;
        try
        {
            using var client = Client(order);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var waited = Stopwatch.GetElapsedTime(begunAt).TotalSeconds;
            // What a foreign origin says about itself is not asked for.
            if (order.Origin is null) download.Answered(FlagResponse.DelaySeconds(response) ?? waited, FlagResponse.InFlight(response));
            else download.Answered(waited, null);
            attempt = await FlagResponse.Read(response, url, asked: etag is not null, options.MaxBytes, time, part => cpu.Here(part, download, timeout.Token), timeout.Token);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            attempt = FetchAttempt.MayPass(FormattableString.Invariant($"the origin took longer than {patience.TotalSeconds:0.###} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            attempt = FetchAttempt.MayPass($"no whole answer came from {url.Host}: {e.GetBaseException().Message.Clean()}");
        }
        download.Reason = attempt.Reason; // Should the deadline come before the next one ends, this is why.
        return attempt;
    }

    HttpClient Client(DownloadOrder order) => order switch
    {
        { ConnectionReuse: false } => new(discovery.CreateHandler(FlagHandlers.Of(foreign: order.Origin is not null))),
        { Origin: not null } => clients.CreateClient(ForeignClient),
        _ => clients.CreateClient(OurClient),
    };

    // Doubled each time, with a spread that is drawn from (seed, country, attempt), so that every strategy meets the same luck here too.
    TimeSpan Backoff(FlagDownload download, int retry)
    {
        var drawn = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"backoff|{download.Order.Seed}|{download.Country}|{retry}")) / (double)ulong.MaxValue;
        return options.RetryDelay * Math.Pow(2, retry) * (0.5 + drawn);
    }
}

/// <summary>URL templates of foreign origins, such as <c>https://example.org/flags/{code}.gif</c>.</summary>
static partial class OriginTemplate
{
    /// <summary>
    /// Whether a template is one of the allowed prefixes, followed by nothing but plain names, slashes and the code. Servers differ in what they make of
    /// encoded dots and slashes, of parameters and of <c>..</c>, so that none of these passes, in whatever disguise.
    /// </summary>
    public static bool IsAllowed(string template, IEnumerable<string> allowedPrefixes) => allowedPrefixes.Any(prefix =>
        Uri.TryCreate(prefix, UriKind.Absolute, out var allowed) && allowed.Scheme is "http" or "https"
        && template.StartsWith(prefix.TrimEnd('/') + "/", StringComparison.Ordinal)
        && Rest().IsMatch(template[(prefix.TrimEnd('/').Length + 1)..]));

    public static string Expand(string template, string code) => template
        .Replace("{code}", code, StringComparison.Ordinal).Replace("{CODE}", code.ToUpperInvariant(), StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?=.*\{(code|CODE)\})(?!.*\.\.)([A-Za-z0-9_.\-/]|\{code\}|\{CODE\})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
