using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Redis;

/// <summary>A Redis server: the program redis-server, with a password of its own for each run.</summary>
public sealed class RedisResource(string name) : Resource(name), IProcessResource, IResourceWithConnectionProperties
{
    internal const string EndpointName = "tcp";

    readonly string password = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 22);
    readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("flagcloud-redis-"));

    public EndpointReference PrimaryEndpoint => new(this, EndpointName);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={password}");

    IEnumerable<(string Name, object Value)> IResourceWithConnectionProperties.ConnectionProperties =>
    [
        ("HOST", PrimaryEndpoint.Property(EndpointProperty.Host)),
        ("PORT", PrimaryEndpoint.Property(EndpointProperty.Port)),
        ("PASSWORD", password),
        ("URI", ReferenceExpression.Create($"redis://:{password}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")),
    ];

    // What it holds survives its own restart, and goes with the AppHost: the next run is another cluster.
    Command IProcessResource.Command => RedisServer.Command(folder.Value.FullName, PrimaryEndpoint.Port, password);

    internal void Forget()
    {
        if (folder.IsValueCreated && folder.Value.Exists) folder.Value.Delete(recursive: true);
    }
}
