using Orleans.Configuration;

namespace FlagCloud.Silo.Cluster;

/// <summary>A silo is called in records and spans what the orchestrator calls it in telemetry: service name and instance.</summary>
static class SiloName
{
    public static IServiceCollection AddSiloName(this IServiceCollection services, IConfiguration configuration)
    {
        const string Instance = "service.instance.id=";
        if (configuration["Orleans:Name"] is not null || configuration["OTEL_SERVICE_NAME"] is not { Length: > 0 } service) return services;
        var instance = (configuration["OTEL_RESOURCE_ATTRIBUTES"] ?? "").Split(',').FirstOrDefault(attribute => attribute.StartsWith(Instance, StringComparison.Ordinal));
        return instance is null ? services : services.Configure<SiloOptions>(options => options.SiloName = $"{service}-{instance[Instance.Length..]}");
    }
}
