using Microsoft.Extensions.Configuration;

/// <summary>Where Aspire's dashboard answers.</summary>
static class Dashboard
{
    public const string Name = "aspire-dashboard";

    /// <summary>Tells a project in an environment variable, if the app has a dashboard.</summary>
    public static IResourceBuilder<ProjectResource> WithDashboardAddress(this IResourceBuilder<ProjectResource> project, string variable) =>
        project.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode && Endpoint(project.ApplicationBuilder.Resources) is { } dashboard)
                context.EnvironmentVariables[variable] = dashboard;
        });

    /// <returns>Null if the app has no dashboard.</returns>
    public static string? LoginAddress(IEnumerable<IResource> resources, IConfiguration configuration) =>
        Endpoint(resources) is not { } dashboard ? null
        : configuration["AppHost:BrowserToken"] is { Length: > 0 } token ? $"{dashboard.Url}/login?t={token}"
        : dashboard.Url;

    static EndpointReference? Endpoint(IEnumerable<IResource> resources) =>
        resources.FirstOrDefault(resource => resource.Name is Name) is IResourceWithEndpoints dashboard
            ? dashboard.GetEndpoints().OrderBy(endpoint => endpoint.EndpointName is "http" ? 0 : 1).FirstOrDefault(endpoint => endpoint.EndpointName is "http" or "https")
            : null;
}
