namespace FlagCloud.Silo.Telemetry;

/// <summary>Watches which threads of this process run FlagCloud's own code during a run. Comparisons run one at a time, so one meter serves all.</summary>
sealed class CodeMeter
{
    // A region within a region is the same code on the same thread: it counts once.
    [ThreadStatic]
    static bool inside;

    volatile Reading? current;

    /// <summary>Starts counting from nothing.</summary>
    public Reading Begin() => current = new();

    public void End() => current = null;

    /// <summary>The strategy's own code, until the region is disposed of: on the same thread, before any wait.</summary>
    public Region EnterCaller() => current is { } reading && !inside ? new(reading.Callers, reading.Any) : default;

    /// <summary>The CPU part of a download.</summary>
    public Region EnterCpuPart() => current is { } reading && !inside ? new(reading.CpuParts, reading.Any) : default;

    public sealed class Reading
    {
        public ThreadGauge Callers { get; } = new();

        public ThreadGauge CpuParts { get; } = new();

        public ThreadGauge Any { get; } = new();
    }

    // It keeps its gauges, so that a region which outlasts its run does not touch those of the next.
    public readonly struct Region : IDisposable
    {
        readonly ThreadGauge? kind, any;

        public Region(ThreadGauge kind, ThreadGauge any)
        {
            (this.kind, this.any) = (kind, any);
            inside = true;
            kind.Enter();
            any.Enter();
        }

        public void Dispose()
        {
            if (kind is null || any is null) return;
            inside = false;
            kind.Exit();
            any.Exit();
        }
    }
}
