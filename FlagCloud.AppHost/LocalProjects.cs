#pragma warning disable ASPIRECERTIFICATES001 // WithoutHttpsCertificate is experimental in 13.6.

static class LocalProjects
{
    /// <summary>
    /// Arguments that reach the program whatever they are: Aspire starts it by <c>dotnet run</c>, which would take the likes of <c>-a</c> and <c>-e</c> for options of its own.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithProgramArgs(this IResourceBuilder<ProjectResource> project, string[] args)
    {
        var startedByIde = project.ApplicationBuilder.Configuration["DEBUG_SESSION_PORT"] is not null; // And then without dotnet run.
        return project.WithArgs(startedByIde ? args : ["--", .. args]);
    }

    /// <summary>What holds for every project on a developer's machine.</summary>
    public static void ConfigureLocalProjects(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project)
                // Aspire lets exporters try again and again. The dashboard ends with the app, and every project would wait 9 s for it.
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "")
                // A run ends hundreds of spans at once, and run follows run: a queue of the usual 2,048 drops what does not fit, and says nothing.
                .WithEnvironment("OTEL_BSP_MAX_QUEUE_SIZE", "65536")
                // Nothing speaks https here. Otherwise each project asks for a trusted development certificate, and the dashboard says in red that there is none.
                .WithoutHttpsCertificate();
        }
    }
}
