using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Environments;

internal static class OtlpEnvironment
{
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        var host = ((DistributedApplicationBuilder)builder.ApplicationBuilder).Environment;
        return builder.WithEnvironment(context => Add(context, host));
    }

    static void Add(EnvironmentCallbackContext context, AppHostEnvironment host)
    {
        var variables = context.EnvironmentVariables;
        if (host.Otlp is { } target)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = target.Endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = target.Protocol;
            if (target.ApiKey is { } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }
        variables["OTEL_SERVICE_NAME"] = (context.Resource as ProjectResource)?.ReplicaOf?.Name ?? context.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={context.InstanceId}";
        if (!host.IsDevelopment)
            return;
        // Milliseconds: short, so that a dashboard is never far behind.
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
    }
}
