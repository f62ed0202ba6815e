using System.Runtime;

namespace FlagCloud.Silo.Telemetry;

/// <summary>What this process has taken of the CPU, and how long the runtime has compiled: that goes on in the background, whoever caused it.</summary>
readonly record struct CpuReading(double TotalSeconds, double CompilationSeconds)
{
    /// <summary>Never negative, though the two have clocks of their own.</summary>
    public double WithoutCompilation => Math.Max(0, TotalSeconds - CompilationSeconds);

    public static CpuReading Now() => new(Environment.CpuUsage.TotalTime.TotalSeconds, JitInfo.GetCompilationTime().TotalSeconds);

    /// <summary>What was taken since this reading.</summary>
    public CpuReading Since()
    {
        var now = Now();
        return new(now.TotalSeconds - TotalSeconds, now.CompilationSeconds - CompilationSeconds);
    }
}
