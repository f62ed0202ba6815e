using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace FlagCloud.Silo.Flags;

/// <summary>Reads one response of an origin and judges it: a flag only if it came whole, of an image type, and as announced.</summary>
static partial class FlagResponse
{
    const int LongestETag = 256;
    static readonly string[] ImageTypes = ["image/svg+xml", "image/gif", "image/png", "image/jpeg", "image/webp"];

    /// <param name="asked">Whether the request asked if what is stored is still current.</param>
    /// <param name="cpu">Runs the CPU part: no byte is waited for in it.</param>
    public static async Task<FetchAttempt> Read(
        HttpResponseMessage response, Uri url, bool asked, int maxBytes, TimeProvider time, Func<Func<FetchAttempt>, ValueTask<FetchAttempt>> cpu,
        CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK: break;
            case HttpStatusCode.NotModified when asked: return new(Outcome.NotModified);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone: return new(Outcome.NotFound);
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return FetchAttempt.MayPass(Status(response), RetryAfter(response, time));
            default: return FetchAttempt.Failed(Status(response));
        }

        var content = response.Content.Headers;
        var type = content.ContentType?.MediaType;
        if (!ImageTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            return FetchAttempt.Failed($"the origin sent {type?.Clean() ?? "no content type"} where an image was expected");
        if (content.ContentEncoding.FirstOrDefault() is { } encoding)
            return FetchAttempt.Failed($"the origin sent an encoding that cannot be read: {encoding.Clean()}");
        if (content.ContentLength is null && content.NonValidated.Contains("Content-Length"))
            return FetchAttempt.Failed("the origin announced a length that is no number");

        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return FetchAttempt.Failed($"the flag is larger than {maxBytes} bytes");
        }
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return body is [] ? FetchAttempt.MayPass("the origin sent an empty body") : await cpu(() => Verify(response, url, type!, body));
    }

    static FetchAttempt Verify(HttpResponseMessage response, Uri url, string type, byte[] content)
    {
        var hash = SHA256.HashData(content);
        if (AnnouncedSha256(response) is { } announced && announced != $"sha-256=:{Convert.ToBase64String(hash)}:")
            return FetchAttempt.MayPass("the bytes that came are not the ones that the origin announced (sha-256 of Repr-Digest)");
        return new(Outcome.Ok, null, new(url, content, type.ToLowerInvariant(), Convert.ToHexStringLower(hash), ETag(response)));
    }

    // It travels on in a header of its own: one that is no header's value is not kept, and the flag is then never asked about, but fetched.
    static string? ETag(HttpResponseMessage response) =>
        response.Headers.ETag?.ToString() is { Length: <= LongestETag } etag && etag.All(character => character is >= ' ' and <= '~') ? etag : null;

    static string Status(HttpResponseMessage response) => $"the origin answered {(int)response.StatusCode} {response.ReasonPhrase?.Clean()}".TrimEnd();

    static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    // RFC 9530: Repr-Digest: sha-256=:<base64>:, sha-512=:<base64>:
    static string? AnnouncedSha256(HttpResponseMessage response) => !response.Headers.TryGetValues("Repr-Digest", out var values) ? null : values
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
        .FirstOrDefault(part => part.StartsWith("sha-256=:", StringComparison.Ordinal) && part.EndsWith(':'));

    /// <summary>The delay that our origin applied, seconds: <c>Server-Timing: delay;dur=361.4</c> (milliseconds).</summary>
    public static double? DelaySeconds(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Server-Timing", out var values)
        && double.TryParse(Delay().Match(string.Join(',', values)).Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) ? ms / 1000 : null;

    [GeneratedRegex(@"(?:^|,)\s*delay[^,]*?;\s*dur=([0-9.]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Delay();

    /// <summary>Requests in flight, as our origin counted them when this one arrived.</summary>
    public static int? InFlight(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-FlagCloud-In-Flight", out var values) && int.TryParse(values.FirstOrDefault(), out var count) ? count : null;
}
