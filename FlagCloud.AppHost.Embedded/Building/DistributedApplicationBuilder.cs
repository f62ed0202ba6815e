using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    public DistributedApplicationBuilder(string[] args, string appHostDirectory)
    {
        AppHostDirectory = appHostDirectory;
        CommandLine = CommandLine.Parse(args);
        var settings = Path.Combine(appHostDirectory, "appsettings.json");
        if (File.Exists(settings))
            Configuration.AddJsonFile(settings);
        Configuration.AddEnvironmentVariables().AddCommandLine(CommandLine.KeyValues);
        CommandLine.CheckPorts(Configuration);
        CommandLine.CheckSilos(Configuration);
        Environment = AppHostEnvironment.From(Configuration);
        Dashboard = DashboardSettings.From(Configuration, appHostDirectory);
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IList<IResource> Resources { get; } = [];

    internal CommandLine CommandLine { get; }

    internal AppHostEnvironment Environment { get; }

    internal DashboardSettings Dashboard { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.Any(r => r.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"Two resources are named '{resource.Name}'. Names are unique, whatever the case.");
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => DistributedApplication.BuildFrom(this);
}
