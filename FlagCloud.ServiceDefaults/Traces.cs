using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Only what somebody asked for makes a trace. Probes, open pages, viewers of a comparison and the cluster's own housekeeping ask several times a second: within
/// an hour they would push everything else out of a dashboard's memory.
/// </summary>
static class Traces
{
    /// <summary>Requests to the API, but not the stream of events, which lasts as long as its comparison and is part of no answer.</summary>
    public static bool IsAskedFor(HttpContext http) => http.Request.Path.Value is { } path
        && (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) || http.Request.Headers.ContainsKey("traceparent"))
        && !path.EndsWith("/events", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Answers of 400 and more that are the answer to a question, not a failure: storage says in this way that a blob is not there yet, or that it has changed since, and
    /// the origin that there is no such flag. In a trace they are no errors.
    /// </summary>
    public static void ExpectedAnswerIsNoError(Activity span, HttpResponseMessage response)
    {
        var isExpected = response.StatusCode switch
        {
            HttpStatusCode.NotFound => response.Headers.Contains("x-ms-request-id") || response.Headers.Contains("X-FlagCloud-In-Flight"),
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => response.Headers.Contains("x-ms-request-id"),
            _ => false,
        };
        if (isExpected) span.SetStatus(ActivityStatusCode.Unset).SetTag("error.type", null);
    }
}

/// <summary>Leaves out traces that begin with a request to somebody else or with a call between grains: what began them is nobody's wish.</summary>
sealed class AskedForSampler : Sampler
{
    // Calls between grains are named IInterface/Method; nothing else that begins a trace has a slash in its name when it starts.
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(
        samplingParameters.Kind is ActivityKind.Client || (samplingParameters.Name is ['I', ..] name && name.Contains('/', StringComparison.Ordinal))
            ? SamplingDecision.Drop
            : SamplingDecision.RecordAndSample);
}
