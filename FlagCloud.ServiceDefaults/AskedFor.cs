using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Only what somebody asked for makes a trace. Probes, open pages, viewers of a comparison and the cluster's own housekeeping ask several times a second: within
/// an hour they would push everything else out of a dashboard's memory.
/// </summary>
static class AskedFor
{
    /// <summary>Requests to the API, but not the stream of events, which lasts as long as its comparison and is part of no answer.</summary>
    public static bool Request(HttpContext http) => http.Request.Path.Value is { } path
        && (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) || http.Request.Headers.ContainsKey("traceparent"))
        && !path.EndsWith("/events", StringComparison.OrdinalIgnoreCase);
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
