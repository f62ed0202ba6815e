using FlagCloud.Silo.Cluster;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Flags;
using FlagCloud.Silo.Health;
using FlagCloud.Silo.Questions;
using FlagCloud.Silo.Storage;
using FlagCloud.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Configuration;

namespace FlagCloud.Silo;

/// <summary>Everything that the grains need, whoever hosts the silo.</summary>
static class FlagCloudServices
{
    public static IServiceCollection AddFlagCloud(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddFailureDetection().AddSiloName(configuration).Configure<ReminderOptions>(options => options.MinimumReminderPeriod = ReviveOptions.Period);
        services.AddHostedService<ContainerSetup>().AddFlags().AddComparisons().AddQuestions().AddSingleton<Instruments>();
        services.AddSingleton<StorageHealthCheck>(); // Otherwise each question would get a new one, which knows of no write under way.
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage").AddCheck<ClusterHealthCheck>("cluster")
            .AddCheck<StoppingHealthCheck>("stopping");
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(TelemetryNames.Source));
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(TelemetryNames.Source));
        return services;
    }
}
