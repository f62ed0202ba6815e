using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace FlagCloud.Silo.Comparisons;

sealed class EnvironmentReport(IOptions<FlagOptions> options, IConfiguration configuration, BlobServiceClient blobs, IGrainFactory grains)
{
    public async Task<ComparisonEnvironment> Of(ComparisonSettings settings) => new()
    {
        Machine = Environment.MachineName,
        OperatingSystem = RuntimeInformation.OSDescription,
        Cores = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
        GcMode = $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode is GCLatencyMode.Batch ? "non-concurrent" : "concurrent")}",
        BuildConfiguration = typeof(EnvironmentReport).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "unknown",
        Origin = settings.Origin ?? Address(options.Value.Origin).Public(),
        Storage = blobs.Uri.Public(),
        Silos = [.. (await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true)).Select(host => host.SiloName).Order(StringComparer.Ordinal)],
    };

    // A name that service discovery resolves says nothing to who reads the record elsewhere.
    Uri Address(Uri origin) => configuration[$"services:{origin.Host}:{origin.Scheme}:0"] is { } resolved ? new(resolved) : origin;
}
