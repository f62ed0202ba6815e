/// <summary>Where Aspire's dashboard answers.</summary>
static class Dashboard
{
    public const string Name = "aspire-dashboard";

    /// <summary>Tells a project, if the app has a dashboard: its address, and the key under which its telemetry can be read.</summary>
    /// <param name="section">Of the project's configuration; it gets <c>Dashboard</c> and <c>DashboardKey</c>.</param>
    public static IResourceBuilder<ProjectResource> WithDashboard(this IResourceBuilder<ProjectResource> project, string section) =>
        project.WithEnvironment(context =>
        {
            if (!context.ExecutionContext.IsRunMode || Endpoint(project.ApplicationBuilder.Resources) is not { } dashboard) return;
            context.EnvironmentVariables[$"{section}__Dashboard"] = dashboard;
            context.EnvironmentVariables[$"{section}__DashboardKey"] = project.ApplicationBuilder.Configuration["AppHost:DashboardApiKey"] ?? "";
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
