using Microsoft.Extensions.Hosting;

namespace FlagCloud.Dashboard;

/// <summary>The signals that end the process belong to the program that hosts the dashboard; it disposes of this server in its own time.</summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
