using Orleans.Configuration;

namespace FlagCloud.Silo.Cluster;

/// <summary>A silo is called in records and spans what the orchestrator calls it in telemetry: service name and instance.</summary>
static class SiloName
{
    public static ISiloBuilder UseSiloName(this ISiloBuilder silo)
    {
        const string Instance = "service.instance.id=";
        if (silo.Configuration["Orleans:Name"] is not null || silo.Configuration["OTEL_SERVICE_NAME"] is not { Length: > 0 } service) return silo;
        var instance = (silo.Configuration["OTEL_RESOURCE_ATTRIBUTES"] ?? "").Split(',').FirstOrDefault(attribute => attribute.StartsWith(Instance, StringComparison.Ordinal));
        return instance is null ? silo : silo.Configure<SiloOptions>(options => options.SiloName = $"{service}-{instance[Instance.Length..]}");
    }
}
