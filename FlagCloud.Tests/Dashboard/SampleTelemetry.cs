using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Tests.Dashboard;

/// <summary>The telemetry of one comparison, drawn by a seed: its trace, its metrics by strategy and its logs, as silo and origin would send them.</summary>
sealed class SampleTelemetry(DateTimeOffset start, int flags = 20, int rounds = 3, int seed = 1)
{
    static readonly string[] Strategies = ["sequential", "threaded", "async"];
    static readonly double[] Bounds = [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.75, 1, 2.5];
    readonly Random _random = new(seed);
    readonly List<Span> _silo = [];
    readonly List<Span> _origin = [];
    readonly List<LogRecord> _logs = [];
    readonly List<(double At, string Strategy, double Seconds, ByteString Span, bool Failed)> _downloads = [];
    int _lastSpan = seed * 1_000_000;

    public ByteString TraceId { get; } = ByteString.CopyFrom([0xF1, 0xA6, .. new byte[10], .. BitConverter.GetBytes(seed).Reverse()]);

    public string TraceText => Convert.ToHexStringLower(TraceId.Span);

    public int Spans => _silo.Count + _origin.Count;

    /// <summary>In seconds.</summary>
    public double Duration { get; private set; }

    public TelemetryData Build()
    {
        var comparison = NextSpan();
        var at = 0.05;
        for (var round = 0; round < rounds; round++)
            for (var turn = 0; turn < Strategies.Length; turn++)
                at += Run(comparison, Strategies[(round + turn) % Strategies.Length], round, at) + 0.03;
        Duration = at;
        _silo.Insert(0, NewSpan(comparison, ByteString.Empty, "comparison", 0, at, attributes: [Text("comparison.id", "c-20251123")]));
        Log(0.01, 9, "FlagCloud.Silo.Comparisons", $"Comparison c-20251123 started: {rounds} rounds of {Strategies.Length} strategies", comparison);
        Log(at, 9, "FlagCloud.Silo.Comparisons", "Comparison c-20251123 completed", comparison);
        return new TelemetryData
        {
            ResourceSpans = { Of("silo", "FlagCloud", _silo), Of("origin", "Microsoft.AspNetCore", _origin) },
            ResourceLogs = { new ResourceLogs { Resource = Resource("silo"), ScopeLogs = { _logs.GroupBy(log => log.EventName).Select(OfCategory) } } },
            ResourceMetrics = { Metrics() },
        };
    }

    double Run(ByteString comparison, string strategy, int round, double at)
    {
        var run = NextSpan();
        double[] lanes = new double[strategy == "sequential" ? 1 : strategy == "threaded" ? 8 : flags];
        for (var flag = 0; flag < flags; flag++)
        {
            var lane = Array.IndexOf(lanes, lanes.Min());
            var seconds = Flag(run, strategy, flag, at + lanes[lane] + 0.002);
            lanes[lane] += seconds + 0.002;
        }
        _silo.Add(NewSpan(run, comparison, $"run {strategy}", at, at + lanes.Max(), attributes: [Text("strategy", strategy), Number("round", round), Number("concurrency", lanes.Length)]));
        Log(at + lanes.Max(), 9, "FlagCloud.Silo.Comparisons", $"Round {round} {strategy}: {flags} flags in {lanes.Max():0.00} s", run);
        return lanes.Max();
    }

    double Flag(ByteString run, string strategy, int index, double at)
    {
        var (flag, get, server, put) = (NextSpan(), NextSpan(), NextSpan(), NextSpan());
        var wait = 0.2 + _random.NextDouble() * 0.3;
        var store = 0.004 + _random.NextDouble() * 0.012;
        var failed = _random.Next(40) == 0;
        var country = Countries[index % Countries.Length];
        var span = NewSpan(flag, run, "flag", at, at + wait + store, attributes: [Text("country", country), Text("strategy", strategy)]);
        if (failed)
        {
            span.Status = new Status { Code = Status.Types.StatusCode.Error, Message = "The origin answered 418 three times" };
            span.Events.Add(new Span.Types.Event { TimeUnixNano = Time(at + wait), Name = "exception", Attributes = { Text("exception.type", "OriginException"), Text("exception.message", "418 I'm a teapot") } });
            Log(at + wait, 17, "FlagCloud.Silo.Flags", $"Flag {country} was not downloaded: the origin answered 418 three times", flag, Text("Country", country));
        }
        else if (_random.Next(12) == 0)
            Log(at + wait, 13, "FlagCloud.Silo.Flags", $"Flag {country} needed 2 attempts", flag, Text("Country", country));
        _silo.Add(span);
        _silo.Add(NewSpan(get, flag, "GET", at + 0.001, at + wait, Span.Types.SpanKind.Client,
            Text("http.request.method", "GET"), Text("url.full", $"http://localhost:15102/web/flags/{country}.svg"), Number("http.response.status_code", failed ? 418 : 200)));
        _origin.Add(NewSpan(server, get, "GET /{profile}/flags/{code}.svg", at + 0.002, at + wait - 0.001, Span.Types.SpanKind.Server, Text("http.route", "/{profile}/flags/{code}.svg")));
        if (!failed)
            _silo.Add(NewSpan(put, flag, "PUT", at + wait, at + wait + store, Span.Types.SpanKind.Client, Text("az.namespace", "Microsoft.Storage"), Text("http.request.method", "PUT"), Number("http.response.status_code", 201)));
        _downloads.Add((at + wait + store, strategy, wait + store, flag, failed));
        return wait + store;
    }

    // Sent each second, counting on, as .NET does.
    ResourceMetrics Metrics()
    {
        var duration = new Metric { Name = "flagcloud.download.duration", Unit = "s", Description = "How long one flag took, from its submission to its acknowledgement by storage", Histogram = new Histogram { AggregationTemporality = AggregationTemporality.Cumulative } };
        var downloads = new Metric { Name = "flagcloud.downloads", Unit = "{flag}", Description = "Flags by how they ended", Sum = new Sum { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative } };
        var inFlight = new Metric { Name = "flagcloud.downloads.in_flight", Unit = "{flag}", Description = "Flags that are being downloaded now", Sum = new Sum { AggregationTemporality = AggregationTemporality.Cumulative } };
        var memory = new Metric { Name = "process.memory.usage", Unit = "By", Description = "Physical memory in use", Gauge = new Gauge() };
        for (var second = 1; second <= Duration + 2; second++)
        {
            foreach (var strategy in Strategies)
            {
                var done = _downloads.Where(download => download.Strategy == strategy && download.At < second).ToList();
                if (done.Count == 0) continue;
                duration.Histogram.DataPoints.Add(Histogram(strategy, second, done));
                foreach (var outcome in done.GroupBy(download => download.Failed ? "error" : "ok"))
                    downloads.Sum.DataPoints.Add(new NumberDataPoint { StartTimeUnixNano = Time(0), TimeUnixNano = Time(second), AsInt = outcome.Count(), Attributes = { Text("strategy", strategy), Text("outcome", outcome.Key) } });
                inFlight.Sum.DataPoints.Add(new NumberDataPoint { StartTimeUnixNano = Time(0), TimeUnixNano = Time(second), AsInt = _downloads.Count(download => download.Strategy == strategy && download.At - download.Seconds < second && download.At > second), Attributes = { Text("strategy", strategy) } });
            }
            memory.Gauge.DataPoints.Add(new NumberDataPoint { TimeUnixNano = Time(second), AsInt = 180_000_000 + second * 400_000 + _random.Next(9_000_000) });
        }
        return new ResourceMetrics
        {
            Resource = Resource("silo"),
            ScopeMetrics =
            {
                new ScopeMetrics { Scope = new() { Name = "FlagCloud" }, Metrics = { duration, downloads, inFlight } },
                new ScopeMetrics { Scope = new() { Name = "System.Runtime" }, Metrics = { memory } },
            },
        };
    }

    HistogramDataPoint Histogram(string strategy, int second, List<(double At, string Strategy, double Seconds, ByteString Span, bool Failed)> done)
    {
        var counts = new ulong[Bounds.Length + 1];
        foreach (var download in done)
            counts[Array.FindIndex([.. Bounds, double.MaxValue], bound => download.Seconds <= bound)]++;
        var point = new HistogramDataPoint
        {
            StartTimeUnixNano = Time(0), TimeUnixNano = Time(second), Count = (ulong)done.Count, Sum = done.Sum(download => download.Seconds),
            Min = done.Min(download => download.Seconds), Max = done.Max(download => download.Seconds),
            ExplicitBounds = { Bounds }, BucketCounts = { counts }, Attributes = { Text("strategy", strategy) },
        };
        foreach (var download in done.Where(download => download.At >= second - 1).Take(1))
            point.Exemplars.Add(new Exemplar { TimeUnixNano = Time(download.At), AsDouble = download.Seconds, TraceId = TraceId, SpanId = download.Span });
        return point;
    }

    Span NewSpan(ByteString id, ByteString parent, string name, double from, double to, Span.Types.SpanKind kind = FlagCloud.Dashboard.Wire.Span.Types.SpanKind.Internal, params KeyValue[] attributes) => new()
    {
        TraceId = TraceId, SpanId = id, ParentSpanId = parent, Name = name, Kind = kind, StartTimeUnixNano = Time(from), EndTimeUnixNano = Time(to), Attributes = { attributes },
    };

    // The category waits in the event's name until the logs are gathered by it.
    void Log(double at, int severity, string category, string message, ByteString span, params KeyValue[] attributes) => _logs.Add(new LogRecord
    {
        TimeUnixNano = Time(at), SeverityNumber = severity, Body = new AnyValue { StringValue = message }, TraceId = TraceId, SpanId = span, EventName = category, Attributes = { attributes },
    });

    static ScopeLogs OfCategory(IGrouping<string, LogRecord> category)
    {
        var logs = new ScopeLogs { Scope = new() { Name = category.Key }, LogRecords = { category.Select(log => log.Clone()) } };
        foreach (var log in logs.LogRecords)
            log.EventName = "";
        return logs;
    }

    static ResourceSpans Of(string resource, string scope, List<Span> spans) =>
        new() { Resource = Resource(resource), ScopeSpans = { new ScopeSpans { Scope = new() { Name = scope }, Spans = { spans } } } };

    static Resource Resource(string name) => new()
    {
        Attributes = { Text("service.name", name), Text("service.instance.id", name + "-7k2p"), Text("telemetry.sdk.language", "dotnet"), Text("telemetry.sdk.version", "1.20.1") },
    };

    static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    static KeyValue Number(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };

    ByteString NextSpan() => ByteString.CopyFrom([0xF1, 0, 0, 0, .. BitConverter.GetBytes(++_lastSpan).Reverse()]);

    ulong Time(double seconds) => (ulong)((start.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100 + (long)(seconds * 1e9));

    static readonly string[] Countries =
    [
        "cn", "in", "us", "id", "br", "pk", "ng", "bd", "ru", "jp", "mx", "ph", "vn", "et", "eg", "de", "ir", "tr", "cd", "fr",
    ];
}
