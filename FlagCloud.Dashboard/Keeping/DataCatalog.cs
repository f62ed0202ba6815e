using System.Globalization;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>The telemetry that can be looked at. Only so many are open at once besides the live one; the one opened first closes first.</summary>
internal sealed class DataCatalog(DashboardOptions options, TelemetryStore live, RunRecorder recorder, TimeProvider time)
{
    const int OpenAtOnce = 3;
    readonly Lock _lock = new();
    readonly List<OpenedData> _opened = [];
    int _files;

    public OpenedData Live { get; } = new("", "This run", live);

    /// <summary>What a page shows of data that is not there, or not yet read.</summary>
    public TelemetryStore Empty { get; } = new(options.Limits, time);

    public IReadOnlyList<OpenedData> Opened { get { lock (_lock) return [Live, .. _opened]; } }

    /// <summary>Requests of this run that the disk was too slow for.</summary>
    public long NotKept => recorder.NotKept;

    public IReadOnlyList<KeptRun> Runs() => options.RunsFolder is { } folder ? RunFolder.List(folder, recorder.Run) : [];

    /// <summary>The data with this id, opened from disk where needed; null when there is none.</summary>
    public async Task<OpenedData?> FindAsync(string? id)
    {
        if (string.IsNullOrEmpty(id)) return Live;
        lock (_lock)
            if (_opened.Find(data => data.Id == id) is { } open)
                return open;
        var run = Runs().FirstOrDefault(run => run.Id == id && !run.IsCurrent);
        if (run is null) return null;
        var store = new TelemetryStore(options.Limits, time);
        await Task.Run(() => RunFolder.Read(options.RunsFolder!, run.Id, store));
        return Add(new OpenedData(run.Id, string.Create(CultureInfo.InvariantCulture, $"Run of {run.Started.ToLocalTime():d MMM HH:mm}"), store));
    }

    public async Task<(OpenedData Data, ImportResult Result)> OpenFileAsync(Stream file, string name)
    {
        var store = new TelemetryStore(options.Limits, time);
        var result = await Task.Run(() => TelemetryImport.Read(file, store));
        return (Add(new OpenedData($"file-{Interlocked.Increment(ref _files)}", name, store)), result);
    }

    public void Close(string id)
    {
        lock (_lock)
            _opened.RemoveAll(data => data.Id == id);
    }

    public void Delete(KeptRun run)
    {
        Close(run.Id);
        if (!run.IsCurrent && options.RunsFolder is { } folder) RunFolder.Delete(folder, run.Id);
    }

    OpenedData Add(OpenedData data)
    {
        lock (_lock)
        {
            if (_opened.Find(other => other.Id == data.Id) is { } same) return same;
            if (_opened.Count == OpenAtOnce) _opened.RemoveAt(0);
            _opened.Add(data);
            return data;
        }
    }
}
