using System.Diagnostics;

namespace FlagCloud.Origin.Http;

/// <summary>Answers for a flag or its metadata as the profile and the draw will have it: delay first, then fault, then the answer.</summary>
sealed class FlagHandler(FlagLibrary library, Traffic traffic)
{
    public Task FlagAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        return AnswerAsync(context, Subject.Flag, Path.GetFileNameWithoutExtension(file), library.Flags.GetValueOrDefault(file));
    }

    public Task MetadataAsync(HttpContext context)
    {
        var code = (string)context.Request.RouteValues["code"]!;
        return AnswerAsync(context, Subject.Metadata, code, library.Metadata.GetValueOrDefault(code));
    }

    async Task AnswerAsync(HttpContext context, Subject subject, string code, Representation? found)
    {
        var inFlight = traffic.Enter();
        try
        {
            context.Response.Headers[OriginHeaders.InFlight] = inFlight.ToString(CultureInfo.InvariantCulture);
            SafetyHeaders(context.Response.Headers);
            Timing(context.Response.Headers, TimeSpan.Zero);
            if (!Profile.All.TryGetValue((string)context.Request.RouteValues["profile"]!, out var profile))
                await Problems.UnknownProfile().ExecuteAsync(context);
            else if (!TryReadHeader(context.Request, OriginHeaders.Seed, int.MinValue, out var seed))
                await Problems.BadHeader(OriginHeaders.Seed, "a whole number").ExecuteAsync(context);
            else if (!TryReadHeader(context.Request, OriginHeaders.Attempt, 1, out var attempt))
                await Problems.BadHeader(OriginHeaders.Attempt, "a whole number from 1").ExecuteAsync(context);
            else if (inFlight > profile.InFlightLimit)
                await Problems.Throttled(context, inFlight, profile.InFlightLimit.Value).ExecuteAsync(context);
            else
                await AnswerAsync(context, Draws.Of(profile, seed, code, attempt, subject), found);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to answer.
        }
        finally
        {
            traffic.Leave();
        }
    }

    static async Task AnswerAsync(HttpContext context, Draw draw, Representation? representation)
    {
        if (draw.Delay > TimeSpan.Zero)
            Timing(context.Response.Headers, await DelayAsync(draw.Delay, context.RequestAborted));
        await (draw.Fault switch
        {
            Fault.Teapot => Problems.Teapot().ExecuteAsync(context),
            Fault.Unavailable => Problems.Unavailable(context, draw.RetryAfterSeconds).ExecuteAsync(context),
            Fault.Reset => Faults.ResetAsync(context),
            Fault.WrongType => Faults.WrongTypeAsync(context),
            _ when representation is null => Problems.UnknownCode().ExecuteAsync(context),
            _ when Conditions.NotModified(context, representation) => Task.CompletedTask,
            _ => Faults.BodyAsync(context, representation, draw.Fault),
        });
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

    // An SVG can carry script, and a browser runs it when the image is opened as a page.
    static void SafetyHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    }

    static void Timing(IHeaderDictionary headers, TimeSpan delay) =>
        headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"delay;dur={delay.TotalMilliseconds:0.###}");
}
