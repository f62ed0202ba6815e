using System.Diagnostics.Metrics;
using FlagCloud.Silo.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Dashboard;
using Orleans.Configuration;

namespace FlagCloud.Silo;

/// <summary>The silo: grains, health and telemetry, and nothing else.</summary>
static class SiloApp
{
    public static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddAzureBlobServiceClient("blobs", Retrying(5));
        builder.AddKeyedAzureBlobServiceClient("blobs", Retrying(0)); // For whoever tries again by itself, and knows until when.
        builder.AddKeyedAzureTableServiceClient("tables");
        builder.Services.AddStorage(); // Before Orleans, which ends if it does not find its tables.
        builder.UseOrleans(silo => silo.UseSiloName().UseListenAddress().UseFailureDetection());
        // Orleans keeps room for a million addresses, 16 MB, all of which its gauge of them walks through at each export: 6 ms of CPU a second. Here are some hundred grains.
        builder.Services.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 10_000);
        // It looks at every call, which is not to be measured unless somebody wants to see it.
        if (builder.Configuration.GetValue<bool>("Cluster:Dashboard")) builder.UseOrleans(silo => silo.AddDashboard());
        builder.Services.AddRecordSerializer().AddFlags().AddComparisons().AddTelemetry();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    /// <param name="retries">How often the client tries again by itself, before whoever called it learns of it.</param>
    static Action<BlobClientOptions> Retrying(int retries) => options =>
    {
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5); // Storage that is replaced takes no leave: its connections stay silent.
    };

    static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<FlagBlobs>().AddSingleton<ComparisonRecords>().AddHostedService<Containers>();
        services.AddSingleton<StorageHealthCheck>().AddSingleton<ClusterHealthCheck>(); // Otherwise each question would get new ones, which know of nothing before.
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage").AddCheck<ClusterHealthCheck>("cluster");
        return services;
    }

    static IServiceCollection AddFlags(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FlagOptions>().BindConfiguration("Flags").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FlagSource>().AddSingleton<FlagStore>().AddSingleton<CpuWorkers>().AddSingleton<CpuParts>();
        services.AddSingleton<Profiles>().AddHostedService(provider => provider.GetRequiredService<Profiles>());
        // One connection pool each for the life of the process, and no retries but the ones that are counted in the record.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; the standard handler of the service defaults would retry unseen.
        foreach (var name in (string[])[FlagSource.OurClient, FlagSource.ForeignClient])
            services.AddHttpClient(name, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("FlagCloud/0.1"))
                .RemoveAllResilienceHandlers()
                .ConfigurePrimaryHttpMessageHandler(() => FlagHandlers.Of(foreign: name is FlagSource.ForeignClient))
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning restore EXTEXP0001
        return services;
    }

    static IServiceCollection AddComparisons(this IServiceCollection services) => services
        .AddSingleton<IStrategy, Sequential>()
        .AddSingleton<IStrategy, Threaded>()
        .AddSingleton<IStrategy, AsyncFanOut>()
        .AddTransient<ComparisonStore>().AddSingleton<EnvironmentReport>().AddSingleton<SettingsCheck>()
        .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = QueueGrain.Revival);

    static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton(provider => new Instruments(provider.GetRequiredService<IMeterFactory>().Create(TelemetryNames.Source)))
        .ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(TelemetryNames.Source))
        .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(TelemetryNames.Source));
}
