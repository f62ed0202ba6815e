using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

internal sealed class MetricChartBuilder(MetricQuery query, IReadOnlyList<Instrument> instruments)
{
    const int ExemplarsShown = 200;
    const string None = "(none)";
    readonly InstrumentKind _kind = instruments[0].Key.Kind;
    readonly List<GroupSeries> _groups = [];
    readonly Dictionary<string, GroupSeries> _byName = new(StringComparer.Ordinal);

    public MetricChart Build()
    {
        foreach (var instrument in instruments.Where(instrument => instrument.Key.Kind == _kind))
            foreach (var series in instrument.Series)
                if (query.Filters.All(filter => filter.IsOff || filter.Admits(Field(instrument, series, filter.Field))))
                    Group(query.GroupBy is { } tag ? Field(instrument, series, tag) ?? None : "").Add(instrument.Key, series);
        _groups.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var aggregate = Chosen();
        return new MetricChart(instruments[0], aggregate, [.. Enumerable.Range(0, query.Steps).Select(step => query.From + query.Step * step)])
        {
            Lines = [.. _groups.SelectMany((group, index) => Lines(group, index, aggregate))],
            Groups = [.. _groups.Select(group => group.Totals())],
            Exemplars = [.. _groups.SelectMany((group, index) => group.Exemplars.Select(exemplar =>
                new ChartExemplar(exemplar.Time, exemplar.Value, index, exemplar.TraceId, exemplar.SpanId)))
                .OrderByDescending(exemplar => exemplar.Time).Take(ExemplarsShown)],
            Tags = Tags(),
            HasOverflow = instruments.Any(instrument => instrument.Series.Any(series => series.Attributes.Find("otel.metric.overflow") == "true")),
        };
    }

    // With several groups, three percentiles of each would be a thicket: one of them is shown.
    Aggregate Chosen()
    {
        var possible = Aggregates.For(_kind, instruments[0].Key.IsMonotonic);
        var wanted = query.Aggregate is { } chosen && possible.Contains(chosen) ? chosen : possible[0];
        return wanted == Aggregate.Percentiles && _groups.Count > 1 ? Aggregate.P90 : wanted;
    }

    static IEnumerable<MetricLine> Lines(GroupSeries group, int index, Aggregate aggregate)
    {
        if (aggregate != Aggregate.Percentiles)
            return [new MetricLine(group.Name.Length > 0 ? group.Name : aggregate.Text(), index, group.Values(aggregate))];
        return new[] { Aggregate.P50, Aggregate.P90, Aggregate.P99 }
            .Select(percentile => new MetricLine(percentile.Text(), index, group.Values(percentile)));
    }

    GroupSeries Group(string name)
    {
        if (_byName.TryGetValue(name, out var group)) return group;
        _groups.Add(_byName[name] = group = new GroupSeries(name, query));
        return group;
    }

    static string? Field(Instrument instrument, MetricSeries series, string field) => field switch
    {
        MetricQuery.ByResource => instrument.Key.Resource.Name,
        MetricQuery.ByInstance => instrument.Key.Resource.Label,
        _ => series.Attributes.Find(field),
    };

    Dictionary<string, IReadOnlyList<string>> Tags()
    {
        var tags = instruments.SelectMany(instrument => instrument.Series).SelectMany(series => series.Attributes)
            .GroupBy(attribute => attribute.Key)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(attribute => attribute.Text).Distinct().Order(StringComparer.Ordinal)]);
        var resources = instruments.Select(instrument => instrument.Key.Resource).ToList();
        if (resources.DistinctBy(resource => resource.Name).Skip(1).Any())
            tags[MetricQuery.ByResource] = [.. resources.Select(resource => resource.Name).Distinct()];
        if (resources.Distinct().Skip(1).Any())
            tags[MetricQuery.ByInstance] = [.. resources.Select(resource => resource.Label).Distinct()];
        return tags;
    }
}
