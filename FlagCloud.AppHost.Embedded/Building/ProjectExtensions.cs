using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;

namespace Aspire.Hosting;

public static class ProjectExtensions
{
    /// <summary>Adds a project that the AppHost references; the build generates <typeparamref name="TProject"/> from the reference.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject(name, new TProject());

    internal static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata)
    {
        var host = ((DistributedApplicationBuilder)builder).Environment;
        var resource = new ProjectResource(name);
        resource.Annotations.Add(metadata);
        return builder.AddResource(resource)
            .WithEnvironment(context => ProjectEnvironment.Telemetry(context, host))
            .WithOtlpExporter()
            .WithEnvironment(ProjectEnvironment.ConsoleLogs)
            .WithEnvironment(ProjectEnvironment.Urls)
            .WithEnvironment(ProjectEnvironment.LaunchProfile);
    }
}
