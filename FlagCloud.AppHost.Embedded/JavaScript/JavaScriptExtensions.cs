using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;
using Aspire.Hosting.JavaScript;

namespace Aspire.Hosting;

public static class JavaScriptExtensions
{
    /// <summary>Adds an npm package that lives in a folder beside the AppHost; its packages are installed from its lock file first.</summary>
    public static IResourceBuilder<JavaScriptAppResource> AddJavaScriptApp(
        this IDistributedApplicationBuilder builder, string name, string appDirectory, string runScriptName = "dev") =>
        builder.AddResource(new JavaScriptAppResource(name, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, appDirectory)), runScriptName))
            .WithOtlpExporter()
            .WithEnvironment("NODE_ENV", ((DistributedApplicationBuilder)builder).Environment.IsDevelopment ? "development" : "production");
}
