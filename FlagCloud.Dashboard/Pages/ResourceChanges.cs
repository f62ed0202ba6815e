using FlagCloud.Dashboard.Resources;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Pages;

/// <summary>The orchestrator's changes, gathered, so that a resource which writes a thousand lines does not draw a page a thousand times.</summary>
internal sealed class ResourceChanges : IDisposable
{
    readonly IResourceSource _source;

    public ResourceChanges(IResourceSource source, TimeProvider time)
    {
        _source = source;
        Signal = new ChangeSignal(time, TimeSpan.FromMilliseconds(250));
        _source.Changed += Signal.Raise;
    }

    public ChangeSignal Signal { get; }

    public void Dispose() => _source.Changed -= Signal.Raise;
}
