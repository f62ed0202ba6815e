using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Health;

internal static class BlobWriteChecks
{
    /// <summary>Gives each process that a blob connection string points at a check that writes.</summary>
    public static async Task AttachAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken)
    {
        foreach (var storage in resources.OfType<ConnectionStringResource>())
            if ((await storage.ConnectionStringExpression.GetValueAsync(cancellationToken))!.Contains("BlobEndpoint=", StringComparison.OrdinalIgnoreCase))
                foreach (var server in ResourceGraph.Referred(storage).OfType<IProcessResource>().Distinct())
                    server.Annotations.Add(new BlobWriteCheck(storage));
    }
}
