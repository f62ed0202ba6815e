using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.Extensions.Logging;
using static FlagCloud.Tests.Dashboard.OtlpRequests;

namespace FlagCloud.Tests.Dashboard;

public sealed class LogStoreTests
{
    readonly TelemetryStore _store = new(new TelemetryLimits { Logs = 5 }, TimeProvider.System);

    [Fact]
    public void Oldest_log_goes_first_and_is_counted()
    {
        _store.Add(Logs("a", Enumerable.Range(1, 8).Select(i => Log($"m{i}", at: i))));

        Assert.Equal(["m4", "m5", "m6", "m7", "m8"], new LogQuery().Run(_store.Logs).Select(entry => entry.Message));
        Assert.Equal(new Held(5, 3, 5), _store.Logs.Entries);
    }

    [Fact]
    public void Query_finds_by_level_text_resource_trace_and_field()
    {
        var traced = Log("slow flag", severity: 13, at: 2);
        traced.TraceId = TraceId(7);
        traced.Attributes.Add(Attribute("Country", "br"));
        _store.Add(Logs("silo", Log("started", at: 1), traced));
        _store.Add(Logs("origin", Log("broken", severity: 17, at: 3)));

        Assert.Equal(["slow flag", "broken"], Messages(new LogQuery { Level = LogLevel.Warning }));
        Assert.Equal(["slow flag"], Messages(new LogQuery { Text = "SLOW" }));
        Assert.Equal(["broken"], Messages(new LogQuery { Resource = "origin" }));
        Assert.Equal(["slow flag"], Messages(new LogQuery { TraceId = FlagCloud.Dashboard.Telemetry.TraceId.Read(TraceId(7).Span) }));
        Assert.Equal(["slow flag"], Messages(new LogQuery { Filters = [new FieldFilter("Country", FilterOperator.Equal, "br")] }));
        Assert.Equal(["started", "broken"], Messages(new LogQuery { Filters = [new FieldFilter("Country", FilterOperator.NotEqual, "br")] }));

        List<string> Messages(LogQuery query) => [.. query.Run(_store.Logs).Select(entry => entry.Message)];
    }

    [Fact]
    public void Log_without_a_time_has_the_time_of_its_arrival()
    {
        var log = Log("now");
        log.TimeUnixNano = 0;
        var before = UnixNano.Of(DateTimeOffset.UtcNow);
        _store.Add(Logs("a", log));

        Assert.InRange(_store.Logs.Where(_ => true).Single().Time, before, UnixNano.Of(DateTimeOffset.UtcNow.AddSeconds(1)));
    }
}
