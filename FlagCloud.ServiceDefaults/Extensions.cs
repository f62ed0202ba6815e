using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the app shares: telemetry, health, service discovery and resilience, as Aspire's template has them.</summary>
public static class Extensions
{
    // The names under which the OTLP exporters ask for their HTTP clients.
    static readonly string[] Exporters = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddProductionDefaults();
        builder.ConfigureOpenTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        // Exporters try again by themselves: a collector that is down is not to fill the log.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental.
        foreach (var exporter in Exporters) builder.Services.AddHttpClient(exporter).RemoveAllResilienceHandlers().RemoveAllLoggers();
#pragma warning restore EXTEXP0001
        return builder;
    }

    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.Orleans"))
            // Calls between grains come from Orleans' own sources. AddActivityPropagation() is left to the configuration
            // (Orleans:EnableDistributedTracing): with both, every call would have its spans twice.
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new AskedForSampler()))
                .AddSource(builder.Environment.ApplicationName)
                .AddSource("Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime")
                .AddAspNetCoreInstrumentation(aspNetCore =>
                {
                    aspNetCore.Filter = Traces.IsAskedFor;
                    (aspNetCore.EnableAspNetCoreSignalRSupport, aspNetCore.EnableRazorComponentsSupport) = (false, false);
                })
                .AddHttpClientInstrumentation(client => client.EnrichWithHttpResponseMessage = Traces.ExpectedAnswerIsNoError));
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            builder.Services.AddOpenTelemetry().UseOtlpExporter();
        return builder;
    }

    /// <summary>
    /// The platform's probes, in every environment: ready (all checks) and alive (only those that a restart would help). They answer with
    /// one word; what is wrong stands in the log, since anyone may ask.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        return app;
    }
}
