#pragma warning disable ASPIRECERTIFICATES001 // WithoutHttpsCertificate is experimental in 13.6.

static class LocalProjects
{
    /// <summary>What holds for every project on a developer's machine.</summary>
    public static void ConfigureLocalProjects(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project)
                // Aspire lets exporters try again and again. The dashboard ends with the app, and every project would wait 9 s for it.
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "")
                // Nothing speaks https here. Otherwise each project asks for a trusted development certificate, and the dashboard says in red that there is none.
                .WithoutHttpsCertificate();
        }
    }
}
