using System.Reflection;
using System.Runtime.CompilerServices;
using Aspire.Hosting.Output;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>An app of several processes, run by the embedded orchestrator.</summary>
public sealed class DistributedApplication
{
    readonly DistributedApplicationBuilder builder;

    DistributedApplication(DistributedApplicationBuilder builder) => this.builder = builder;

    /// <summary>Tests of an AppHost.cs take the model from here; its app is then never run.</summary>
    internal static AsyncLocal<Action<DistributedApplicationBuilder>?> ModelObserver { get; } = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        var appHost = Assembly.GetCallingAssembly();
        if (Guardian.IsRequested)
            Environment.Exit(Guardian.Run(Console.In));
        try
        {
            return new DistributedApplicationBuilder(args, DirectoryOf(appHost));
        }
        catch (DistributedApplicationException e) when (ModelObserver.Value is null)
        {
            Terminal.ForConsole(verbose: false).Error(e.Message);
            Environment.Exit(e is UsageException ? 2 : 1);
            throw;
        }
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the app until it is stopped (or, with <c>--once</c>, until its jobs have ended) and sets the process's exit code.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (ModelObserver.Value is { } observe)
        {
            observe(builder);
            return;
        }
        Environment.ExitCode = await AppRun.RunAsync(builder, Terminal.ForConsole(builder.CommandLine.Verbose), cancellationToken);
    }

    internal static DistributedApplication BuildFrom(DistributedApplicationBuilder builder) => new(builder);

    static string DirectoryOf(Assembly appHost) => appHost.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value is { } path && Directory.Exists(path) ? path : Directory.GetCurrentDirectory();
}
