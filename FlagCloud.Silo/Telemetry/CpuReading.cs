using System.Runtime;

namespace FlagCloud.Silo.Telemetry;

/// <summary>What this process has taken of the CPU, with the runtime's own compilation told apart: it goes on in the background, whoever caused it.</summary>
readonly record struct CpuReading(double TotalSeconds, double CompilationSeconds)
{
    public double OwnSeconds => TotalSeconds - CompilationSeconds;

    public static CpuReading Now() => new(Environment.CpuUsage.TotalTime.TotalSeconds, JitInfo.GetCompilationTime().TotalSeconds);

    /// <summary>What was taken since this reading.</summary>
    public CpuReading Since()
    {
        var now = Now();
        var total = now.TotalSeconds - TotalSeconds;
        // The runtime tells how long it compiled; on a machine that has more to do, that is longer than the CPU time that it took for it.
        return new(total, Math.Min(now.CompilationSeconds - CompilationSeconds, total));
    }
}
