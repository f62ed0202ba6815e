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
    public Region EnterCaller() => current is { } reading && !inside ? new(reading.Callers) : default;

    /// <summary>The CPU part of a download.</summary>
    public Region EnterCpuPart() => current is { } reading && !inside ? new(reading.CpuParts) : default;

    public sealed class Reading
    {
        public ThreadGauge Callers { get; } = new();

        public ThreadGauge CpuParts { get; } = new();
    }

    // It keeps its gauge, so that a region which outlasts its run does not touch those of the next.
    public readonly struct Region : IDisposable
    {
        readonly ThreadGauge? gauge;

        public Region(ThreadGauge gauge)
        {
            this.gauge = gauge;
            inside = true;
            gauge.Enter();
        }

        public void Dispose()
        {
            if (gauge is null) return;
            inside = false;
            gauge.Exit();
        }
    }
}
