using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Environments;

/// <summary>What every .NET project gets, under the names that Aspire uses.</summary>
internal static class ProjectEnvironment
{
    public static void Telemetry(EnvironmentCallbackContext context, AppHostEnvironment host)
    {
        context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (!host.IsDevelopment)
            return;
        context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }

    public static void ConsoleLogs(EnvironmentCallbackContext context)
    {
        context.EnvironmentVariables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        context.EnvironmentVariables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
    }

    /// <summary>Endpoints that have a variable of their own are left out: the app listens on them itself.</summary>
    public static void Urls(EnvironmentCallbackContext context)
    {
        var urls = ((IResourceWithEndpoints)context.Resource).Endpoints()
            .Where(e => e.Scheme is "http" or "https" && e.EndpointAnnotation.TargetPortEnvironmentVariable is null)
            .Select(e => e.Url).ToList();
        if (urls.Count > 0)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', urls);
    }

    public static void LaunchProfile(EnvironmentCallbackContext context)
    {
        if (Environments.LaunchProfile.Of((ProjectResource)context.Resource) is not { } profile)
            return;
        context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
        foreach (var (name, value) in profile.Variables)
            context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
    }
}
