#pragma warning disable ASPIRECERTIFICATES001 // WithoutHttpsCertificate is experimental in 13.6.
using System.Reflection;

static class LocalProjects
{
    /// <summary>Arguments that reach the program whatever they are: <c>dotnet run</c> would take the likes of <c>-a</c> and <c>-e</c> for options of its own.</summary>
    public static IResourceBuilder<ProjectResource> WithProgramArgs(this IResourceBuilder<ProjectResource> project, string[] args) => project.WithArgs(context =>
    {
        if (!IsStartedByIde(project.ApplicationBuilder) && !project.Resource.HasAnnotationOfType<ExecutableAnnotation>()) context.Args.Add("--");
        foreach (var arg in args) context.Args.Add(arg);
    });

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
            // The build has made its program already. Aspire would start that by dotnet run, which looks for it for a second or two, in each project.
            if (!IsStartedByIde(builder) && Program(project) is { } program) project.Annotations.Add(program);
        }
    }

    static bool IsStartedByIde(IDistributedApplicationBuilder builder) => builder.Configuration["DEBUG_SESSION_PORT"] is not null;

    /// <returns>Null where the build puts its output elsewhere.</returns>
    static ExecutableAnnotation? Program(ProjectResource project)
    {
        const string Mark = ".runtimeconfig.json";
        var folder = Path.GetDirectoryName(project.GetProjectMetadata().ProjectPath)!;
        var output = Path.Combine(folder, typeof(LocalProjects).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key is "OutputPath").Value!);
        return Directory.Exists(output) && Directory.GetFiles(output, "*" + Mark) is [var only]
            ? new() { Command = only[..^Mark.Length] + (OperatingSystem.IsWindows() ? ".exe" : ""), WorkingDirectory = folder }
            : null;
    }
}
