using Aspire.Hosting.Orleans;

/// <summary>Azurite from its npm package, so that no container engine is needed: Aspire.Hosting.Azure.Storage would run it as a container.</summary>
sealed class AzuriteResource(string name, string folder) : ExecutableResource(name, "node", folder)
{
    // The account and the key that Azurite's documentation publishes.
    const string Account = "devstoreaccount1", Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public EndpointReference Blob => new(this, "blob");
    public EndpointReference Table => new(this, "table");

    /// <param name="service">Of Azure Storage: Blob or Table.</param>
    public static ReferenceExpression Connection(string service, EndpointReference endpoint) => ReferenceExpression.Create(
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"{service}Endpoint=http://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}/{Account};");
}

static class AzuriteExtensions
{
    /// <summary>Adds Azurite's blobs and tables. When the app is published, they are connections that the deployment is asked for instead.</summary>
    /// <param name="blobPort">What is stored lies in a folder of this port's, which the one who has the port has to itself. Without a port it is kept in memory.</param>
    /// <param name="fresh">Whether the folder is emptied first.</param>
    public static IResourceBuilder<AzuriteResource> AddAzurite(this IDistributedApplicationBuilder builder, string name, int? blobPort, bool fresh)
    {
        var folder = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "azurite"));
        var azurite = new AzuriteResource(name, folder);
        if (builder.ExecutionContext.IsPublishMode) return builder.CreateResourceBuilder(azurite);

        var data = blobPort is null ? null : Path.Combine(folder, "data", $"{blobPort}");
        if (fresh && data is not null)
            builder.OnBeforeStart((_, _) =>
            {
                if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
                return Task.CompletedTask;
            });
        return builder.AddResource(azurite)
            .WithHttpEndpoint(port: blobPort, targetPort: blobPort, name: "blob", isProxied: false)
            .WithHttpEndpoint(name: "table", isProxied: false)
            // It asks for no telemetry, so package.json puts an empty package in the place of the one that would send it, and take half of Azurite's start.
            .WithArgs("--import", "./late.mjs", "--import", "./memory.mjs", "node_modules/azurite/dist/src/azurite.js", "--silent", "--skipApiVersionCheck", "--disableTelemetry")
            .WithArgs("--blobPort", azurite.Blob.Property(EndpointProperty.TargetPort), "--tablePort", azurite.Table.Property(EndpointProperty.TargetPort), "--queuePort", "0")
            // Longer than .NET keeps an idle connection: a request on one that Azurite is just closing is not always answered, and waits for its timeout.
            .WithArgs("--blobKeepAliveTimeout", "75", "--tableKeepAliveTimeout", "75")
            .WithArgs(data is null ? ["--inMemoryPersistence"] : ["--location", data])
            .WithUrls(context => context.Urls.ForEach(url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly))
            .WithWriteCheck();
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddBlobs(this IResourceBuilder<AzuriteResource> azurite, string name) =>
        azurite.AddConnection(name, "Blob", azurite.Resource.Blob);

    public static IResourceBuilder<IResourceWithConnectionString> AddTables(this IResourceBuilder<AzuriteResource> azurite, string name) =>
        azurite.AddConnection(name, "Table", azurite.Resource.Table);

    static IResourceBuilder<IResourceWithConnectionString> AddConnection(this IResourceBuilder<AzuriteResource> azurite, string name, string service, EndpointReference endpoint)
    {
        var builder = azurite.ApplicationBuilder;
        var connection = builder.ExecutionContext.IsPublishMode
            ? builder.AddConnectionString(name)
            : builder.AddConnectionString(name, AzuriteResource.Connection(service, endpoint)).WaitFor(azurite);
        return connection.WithOrleansProviderType($"Azure{service}Storage");
    }
}
