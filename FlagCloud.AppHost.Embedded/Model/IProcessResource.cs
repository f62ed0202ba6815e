namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs as a child process.</summary>
internal interface IProcessResource : IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithArgs, IResourceWithWaitSupport
{
    /// <summary>The program and its leading arguments, without those of <c>WithArgs</c>.</summary>
    Processes.Command Command { get; }
}
