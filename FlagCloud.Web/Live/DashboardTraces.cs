using System.Text.Json.Serialization;

namespace FlagCloud.Web.Live;

/// <summary>Holds records against the traces that Aspire's dashboard (<c>Lab:Dashboard</c>, <c>Lab:DashboardKey</c>) has, through its telemetry API.</summary>
sealed class DashboardTraces(IConfiguration configuration, TimeProvider time)
{
    // What a run was is sent once a second, and stored a little later.
    static readonly TimeSpan ExportedAfter = TimeSpan.FromSeconds(4);

    static readonly JsonSerializerOptions Otlp = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString };
    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public async Task<TelemetryCheck> Check(Comparison comparison, string dashboard, CancellationToken cancellationToken)
    {
        if (comparison.EndedAt + ExportedAfter - time.GetUtcNow() is { Ticks: > 0 } soon) await Task.Delay(soon, time, cancellationToken);
        var runs = new List<TracedRun>();
        foreach (var run in comparison.Runs) runs.Add(Of(run, run.TraceId is { } trace ? await Read(dashboard, trace, cancellationToken) : []));
        return new(comparison.Id, runs);
    }

    static TracedRun Of(Run run, Span[] trace)
    {
        var first = trace.FirstOrDefault(span => span.ParentSpanId is null or "");
        var downloads = trace.Count(span => first is not null && span.ParentSpanId == first.SpanId);
        var unknown = trace.Select(span => span.ParentSpanId).Where(parent => parent is not (null or "")).Distinct().Except(trace.Select(span => span.SpanId)).Count();
        return new(
            run.Name, run.Round, run.TraceId, run.ElapsedSeconds, first is null ? null : (first.EndTimeUnixNano - first.StartTimeUnixNano) / 1e9, run.Requested, downloads,
            LostSpans: Math.Max(0, run.Requested - downloads) + unknown);
    }

    async Task<Span[]> Read(string dashboard, string trace, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{dashboard.TrimEnd('/')}/api/telemetry/traces/{trace}") { Headers = { { "X-API-Key", configuration["Lab:DashboardKey"] } } };
        try
        {
            using var response = await Http.SendAsync(request, cancellationToken);
            if (response.StatusCode is System.Net.HttpStatusCode.NotFound) return [];
            var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Answer>(Otlp, cancellationToken);
            return [.. answer!.Data.ResourceSpans.SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)];
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DashboardSilentException($"The dashboard at {dashboard} does not say which traces it has: {e.Message}");
        }
    }

    // What is read of OTLP's JSON.
    sealed record Answer(Data Data);
    sealed record Data(ResourceSpans[] ResourceSpans);
    sealed record ResourceSpans(ScopeSpans[] ScopeSpans);
    sealed record ScopeSpans(Span[] Spans);
    sealed record Span(string SpanId, string? ParentSpanId, long StartTimeUnixNano, long EndTimeUnixNano);
}

sealed class DashboardSilentException(string message) : Exception(message);
