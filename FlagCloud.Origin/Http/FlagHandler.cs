using System.Diagnostics;

namespace FlagCloud.Origin.Http;

/// <summary>Headers of the origin's own; the rest are standard.</summary>
public static class OriginHeaders
{
    /// <summary>Request: whose luck; a whole number, 1 by default.</summary>
    public const string Seed = "X-FlagCloud-Seed";
    /// <summary>Request: which attempt at the same download this is; a whole number from 1, 1 by default.</summary>
    public const string Attempt = "X-FlagCloud-Attempt";
    /// <summary>Response: how many requests were in flight when this one arrived, itself included.</summary>
    public const string InFlight = "X-FlagCloud-In-Flight";
}

/// <summary>The answer of /stats: of requests for flags and metadata since the start; no other request counts.</summary>
public sealed record TrafficStatistics(int InFlight, int PeakInFlight, long Requests);

/// <summary>
/// Answers for a flag or its metadata as the profile and the draw will have it: delay first, then fault, then the answer. Whatever is not a flag says what was wrong, what
/// is allowed, what to do (RFC 9457).
/// </summary>
sealed class FlagHandler(FlagLibrary library)
{
    readonly Lock gate = new();
    int inFlight, peak;
    long requests;

    public TrafficStatistics Statistics()
    {
        lock (gate) return new(inFlight, peak, requests);
    }

    public Task FlagAsync(HttpContext context, string profile, string file) =>
        AnswerAsync(context, profile, Subject.Flag, Path.GetFileNameWithoutExtension(file), library.Flags.GetValueOrDefault(file));

    public Task MetadataAsync(HttpContext context, string profile, string code) =>
        AnswerAsync(context, profile, Subject.Metadata, code, library.Metadata.GetValueOrDefault(code));

    async Task AnswerAsync(HttpContext context, string profile, Subject subject, string code, Representation? found)
    {
        var headers = context.Response.Headers;
        var arrival = Enter();
        try
        {
            headers[OriginHeaders.InFlight] = $"{arrival}";
            // An SVG can carry script, and a browser runs it when the image is opened as a page.
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
            Timing(headers, TimeSpan.Zero);
            await (await ResultAsync()).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to answer.
        }
        finally
        {
            lock (gate) inFlight--;
        }

        async Task<IResult> ResultAsync()
        {
            if (!Profile.All.TryGetValue(profile, out var asked))
                return Results.Problem($"There is no such profile. Use one of: {string.Join(", ", Profile.All.Keys)}.", statusCode: 404, title: "Unknown profile");
            if (!TryReadHeader(context.Request, OriginHeaders.Seed, int.MinValue, out var seed)) return BadHeader(OriginHeaders.Seed, "a whole number");
            if (!TryReadHeader(context.Request, OriginHeaders.Attempt, 1, out var attempt)) return BadHeader(OriginHeaders.Attempt, "a whole number from 1");
            if (arrival > asked.InFlightLimit)
            {
                headers.RetryAfter = "1";
                return Results.Problem(
                    $"{arrival} requests are in flight, and this profile allows {asked.InFlightLimit}. Keep fewer in flight, and try again after the time that Retry-After says.",
                    statusCode: 429, title: "Too many requests");
            }

            var draw = Draws.Of(asked, seed, code, attempt, subject);
            if (draw.Delay > TimeSpan.Zero) Timing(headers, await DelayAsync(draw.Delay, context.RequestAborted));
            switch (draw.Fault)
            {
                case Fault.Teapot:
                    return Results.Problem("This profile brews a quarter of its requests. Another attempt has another draw.", statusCode: 418, title: "I'm a teapot");
                case Fault.Unavailable:
                    headers.RetryAfter = $"{draw.RetryAfterSeconds}";
                    return Results.Problem("This profile fails some requests. Try again after the time that Retry-After says.", statusCode: 503, title: "Unavailable");
                case Fault.Reset:
                    context.Abort();
                    return Results.Empty;
                case Fault.WrongType:
                    return Results.Content("<!DOCTYPE html><title>Sign in</title><p>Please sign in to use this network.", "text/html; charset=utf-8");
            }

            if (found is null)
                return Results.Problem(
                    "There is no flag of that code. Codes are in lower case, such as br or gb-eng; a flag is at /{profile}/flags/{code}.svg.",
                    statusCode: 404, title: "Unknown code");
            found.Describe(headers);
            if (found.IsKnownTo(context.Request)) return Results.StatusCode(StatusCodes.Status304NotModified);
            await Faults.BodyAsync(context, found, draw.Fault);
            return Results.Empty;
        }
    }

    /// <returns>The requests now in flight, this one included.</returns>
    int Enter()
    {
        lock (gate)
        {
            requests++;
            peak = Math.Max(peak, ++inFlight);
            return inFlight;
        }
    }

    // Timers count whole milliseconds of a coarse clock and may fire early; no request may wait less than was drawn.
    static async Task<TimeSpan> DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var elapsed = TimeSpan.Zero;
        while (elapsed < delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((delay - elapsed).TotalMilliseconds)), cancellationToken);
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        return elapsed;
    }

    static bool TryReadHeader(HttpRequest request, string name, int min, out int value)
    {
        value = 1;
        return !request.Headers.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min);
    }

    static IResult BadHeader(string name, string allowed) =>
        Results.Problem($"The header {name} must be {allowed}. Leave it out for 1.", statusCode: 400, title: "Bad header");

    static void Timing(IHeaderDictionary headers, TimeSpan delay) => headers["Server-Timing"] = $"delay;dur={delay.TotalMilliseconds:0.###}";
}
