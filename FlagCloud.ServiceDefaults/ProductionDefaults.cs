using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// What every service does in Production unless its own configuration says otherwise: one JSON object a log line, the proxy's
/// X-Forwarded headers, an end well within the 30 s that platforms grant between SIGTERM and SIGKILL.
/// </summary>
static class ProductionDefaults
{
    /// <summary>5 s of the grace period go to the proxy's noticing that this one is leaving (preStop), 5 s stay in reserve.</summary>
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    static readonly Dictionary<string, string?> Values = new()
    {
        ["Logging:Console:FormatterName"] = "json",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ",
        // ASP.NET Core's own switch: it trusts whoever can reach the port, which the platform's network decides.
        ["ForwardedHeaders_Enabled"] = "true",
    };

    public static void AddProductionDefaults(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsProduction()) return;
        // First in line, so that every other source overrides it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Values });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
    }
}
