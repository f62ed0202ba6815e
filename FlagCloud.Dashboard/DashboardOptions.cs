using System.Security.Cryptography;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard;

/// <summary>What a host may choose. The secrets are new for each start unless they are set.</summary>
public sealed class DashboardOptions
{
    /// <summary>Shown as the title of every page.</summary>
    public string ApplicationName { get; set; } = "FlagCloud";

    /// <summary>0 takes a free port. <see cref="DashboardServer"/> serves the pages and OTLP over HTTP on it.</summary>
    public int Port { get; set; }

    /// <summary>0 takes a free port. OTLP over gRPC needs one of its own: without TLS, HTTP/2 and HTTP/1.1 cannot share one.</summary>
    public int GrpcPort { get; set; }

    public string BrowserToken { get; set; } = NewSecret();

    public string OtlpApiKey { get; set; } = NewSecret();

    /// <summary>In bytes, unpacked.</summary>
    public int OtlpBodyLimit { get; set; } = 4 * 1024 * 1024;

    public TelemetryLimits Limits { get; set; } = new();

    /// <summary>Where the telemetry of runs is kept; null keeps none.</summary>
    public string? RunsFolder { get; set; }

    public int RunsKept { get; set; } = 5;

    /// <summary>In bytes, packed. What is oldest within a run goes first.</summary>
    public long RunSizeLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>In bytes: the largest file that may be opened.</summary>
    public long ImportLimit { get; set; } = 100 * 1024 * 1024;

    /// <summary>Attributes by which pages group by themselves when telemetry has them, the first found first.</summary>
    public IReadOnlyList<string> GroupingTags { get; set; } = ["flagcloud.strategy", "strategy"];

    /// <summary>Links to other pages of the application, shown in the navigation.</summary>
    public Func<IReadOnlyList<DashboardLink>> Links { get; set; } = () => [];

    /// <summary>Where an attribute of a trace's first span leads outside of the dashboard, such as to the page of what it names; null: nowhere.</summary>
    public Func<string, string, DashboardLink?> LinkOf { get; set; } = (_, _) => null;

    static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
