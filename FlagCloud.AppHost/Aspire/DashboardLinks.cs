namespace Aspire.Hosting;

/// <summary>What the embedded orchestrator has as WithDashboardLinks, for Aspire: its dashboard is where the AppHost's launch profile says.</summary>
internal static class DashboardLinks
{
    public static IResourceBuilder<ProjectResource> WithDashboardLinks(this IResourceBuilder<ProjectResource> builder) =>
        builder.ApplicationBuilder.ExecutionContext.IsRunMode && builder.ApplicationBuilder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } address
            ? builder.WithEnvironment("Lab__Dashboard", address).WithEnvironment("Lab__TraceUrl", $"{address}/traces/detail/{{trace}}")
            : builder;
}
