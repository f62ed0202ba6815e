using System.IO.Compression;
using FlagCloud.Dashboard.Otlp;
using FlagCloud.Dashboard.Telemetry;
using Google.Protobuf;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>What is held as a zip of OTLP JSON, in the form that any collector's file reader takes: entries by signal and resource.</summary>
internal static class TelemetryExport
{
    const int ItemsPerEntry = 2_000;
    const int PointsPerEntry = 20_000;

    public static void Write(Stream destination, TelemetryStore store, Selection selection)
    {
        using var zip = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        if (selection.Traces)
            foreach (var (name, spans) in ByResource(store.Traces.All().Where(span => selection.Has(span.Resource)), span => span.Resource))
                Write(zip, "traces", name, spans.Chunk(ItemsPerEntry).Select(WireWriter.Traces));
        if (selection.Logs)
            foreach (var (name, entries) in ByResource(store.Logs.Where(entry => selection.Has(entry.Resource)), entry => entry.Resource))
                Write(zip, "logs", name, entries.Chunk(ItemsPerEntry).Select(WireWriter.Logs));
        if (selection.Metrics)
            foreach (var (name, instruments) in ByResource(store.Metrics.Read(key => selection.Has(key.Resource)), item => item.Key.Resource))
                Write(zip, "metrics", name, Chunks(instruments).Select(WireWriter.Metrics));
    }

    static IEnumerable<(string Name, List<T> Items)> ByResource<T>(IEnumerable<T> items, Func<T, TelemetryResource> resource) =>
        items.GroupBy(item => FileName(resource(item).Label)).Select(group => (group.Key, group.ToList()));

    static void Write<T>(ZipArchive zip, string signal, string name, IEnumerable<T> messages) where T : IMessage
    {
        var number = 0;
        foreach (var message in messages)
        {
            using var entry = zip.CreateEntry($"{signal}/{name}-{++number:000}.json", CompressionLevel.Fastest).Open();
            entry.Write(OtlpJsonWriter.Write(message));
        }
    }

    static IEnumerable<List<Instrument>> Chunks(IEnumerable<Instrument> instruments)
    {
        var chunk = new List<Instrument>();
        var points = 0;
        foreach (var instrument in instruments)
            foreach (var series in instrument.Series)
                foreach (var part in series.Points.Chunk(PointsPerEntry))
                {
                    if (points + part.Length > PointsPerEntry)
                    {
                        yield return chunk;
                        (chunk, points) = ([], 0);
                    }
                    Append(chunk, instrument, series with { Points = part });
                    points += part.Length;
                }
        if (chunk.Count > 0) yield return chunk;
    }

    static void Append(List<Instrument> chunk, Instrument instrument, MetricSeries series)
    {
        if (chunk.Count > 0 && chunk[^1].Key == instrument.Key)
            ((List<MetricSeries>)chunk[^1].Series).Add(series);
        else
            chunk.Add(instrument with { Series = new List<MetricSeries> { series } });
    }

    static string FileName(string label) =>
        new([.. label.Take(80).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_')]);
}
