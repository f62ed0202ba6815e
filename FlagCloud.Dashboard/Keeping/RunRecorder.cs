using System.Buffers.Binary;
using System.IO.Compression;
using System.Threading.Channels;
using FlagCloud.Dashboard.Wire;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>
/// Writes what is received onto disk, beside the way of the request: it is offered, and a full queue lets it go and counts it.
/// The folder appears with the first telemetry, so a run that had none leaves nothing.
/// </summary>
internal sealed partial class RunRecorder(DashboardOptions options, TimeProvider time, ILogger<RunRecorder> logger) : BackgroundService
{
    public const int LargestRecord = 64 * 1024 * 1024;
    const int SegmentsPerRun = 4;
    const long LargestQueue = 128 * 1024 * 1024;
    static readonly TimeSpan GatherTime = TimeSpan.FromSeconds(1);

    readonly Channel<TelemetryData> _queue = Channel.CreateBounded<TelemetryData>(new BoundedChannelOptions(2_000) { SingleReader = true });
    readonly string _run = RunFolder.NameOf(time.GetUtcNow());
    int _segment = 1;
    long _notKept;
    long _queued;

    /// <summary>The id of the run that is being written, whether or not anything is on disk yet.</summary>
    public string Run => _run;

    /// <summary>Requests that were received faster than the disk took them.</summary>
    public long NotKept => Interlocked.Read(ref _notKept);

    public void Offer(ExportTraceServiceRequest request) => Offer(new TelemetryData { ResourceSpans = { request.ResourceSpans } });

    public void Offer(ExportLogsServiceRequest request) => Offer(new TelemetryData { ResourceLogs = { request.ResourceLogs } });

    public void Offer(ExportMetricsServiceRequest request) => Offer(new TelemetryData { ResourceMetrics = { request.ResourceMetrics } });

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        // Not cut short with the host's other services: the end of a run is what its reader looks for first.
        await base.StopAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.RunsFolder is not { } folder) return;
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await Task.Delay(GatherTime, time, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            try
            {
                Write(folder);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                NotWritten(failed, folder);
                while (Take() is not null)
                    Interlocked.Increment(ref _notKept);
            }
        }
    }

    void Offer(TelemetryData data)
    {
        if (options.RunsFolder is null) return;
        var size = data.CalculateSize();
        if (Interlocked.Add(ref _queued, size) <= LargestQueue && _queue.Writer.TryWrite(data)) return;
        Interlocked.Add(ref _queued, -size);
        Interlocked.Increment(ref _notKept);
    }

    TelemetryData? Take()
    {
        if (!_queue.Reader.TryRead(out var data)) return null;
        Interlocked.Add(ref _queued, -data.CalculateSize());
        return data;
    }

    void Write(string folder)
    {
        var run = Path.Combine(folder, _run);
        if (!Directory.Exists(run))
        {
            Directory.CreateDirectory(run);
            RemoveOldRuns(folder);
        }
        using (var file = new FileStream(Path.Combine(run, $"{_segment:0000}.otlp.gz"), FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete))
        using (var packed = new BufferedStream(new GZipStream(file, CompressionLevel.Fastest), 65_536))
            while (Take() is { } data)
                Write(packed, data);
        Rotate(run);
    }

    static void Write(Stream packed, TelemetryData data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.CalculateSize());
        packed.Write(length);
        data.WriteTo(packed);
    }

    void Rotate(string run)
    {
        var segments = new DirectoryInfo(run).GetFiles(RunFolder.SegmentPattern).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        if (segments[^1].Length < options.RunSizeLimit / SegmentsPerRun) return;
        _segment++;
        foreach (var oldest in segments.Take(segments.Count - SegmentsPerRun + 1))
            oldest.Delete();
    }

    void RemoveOldRuns(string folder)
    {
        foreach (var run in RunFolder.List(folder, _run).Where(run => !run.IsCurrent).Skip(Math.Max(0, options.RunsKept - 1)))
            RunFolder.Delete(folder, run.Id);
    }

    [LoggerMessage(1, LogLevel.Warning, "Telemetry of this run is not kept on disk: {Folder} cannot be written")]
    partial void NotWritten(Exception failed, string folder);
}
