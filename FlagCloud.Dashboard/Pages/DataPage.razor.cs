using System.Globalization;
using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class DataPage
{
    readonly Dictionary<string, bool> _signals = new() { ["traces"] = true, ["logs"] = true, ["metrics"] = true };
    readonly HashSet<string> _leftOut = [];
    IReadOnlyList<string> _resources = [];
    IReadOnlyList<KeptRun> _runs = [];
    IReadOnlyList<(string Name, Held Held)> _held = [];
    bool _isRemoving;

    protected override void Load()
    {
        _resources = [.. Store.Resources().Select(resource => resource.Name).Distinct()];
        _held = [("Traces", Store.Traces.Traces), ("Spans", Store.Traces.Spans), ("Logs", Store.Logs.Entries), ("Metric points", Store.Metrics.Points)];
        _runs = Catalog.Runs();
    }

    // No name means every resource, also one that sends its first telemetry between this page and the click.
    string ExportLink => Link("/api/telemetry/export",
        ("signals", string.Join(',', _signals.Where(signal => signal.Value).Select(signal => signal.Key))),
        ("resources", _leftOut.Count == 0 ? null : string.Join(',', _resources.Where(name => !_leftOut.Contains(name)))));

    void Toggle(string name)
    {
        if (!_leftOut.Remove(name)) _leftOut.Add(name);
    }

    void Remove()
    {
        _isRemoving = false;
        Store.Remove(resource => !_leftOut.Contains(resource.Name), _signals["traces"], _signals["logs"], _signals["metrics"]);
        Load();
    }

    void Delete(KeptRun run)
    {
        Catalog.Delete(run);
        Load();
    }

    static string Local(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
