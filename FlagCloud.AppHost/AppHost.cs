using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
int Port(string name, int fallback) => builder.Configuration.GetValue($"Ports:{name}", fallback);

var blobs = builder.ExecutionContext.IsPublishMode ? builder.AddAzureStorage("storage").AddBlobs("blobs") : LocalBlobs();

// One silo is a cluster by itself. Several need a membership store: the first has the web page and the API, the others are replicas.
var silos = builder.Configuration.GetValue("Silos", 1);
var redis = silos > 1 ? builder.AddRedis("redis") : null;
var orleans = builder.AddOrleans("flagcloud");
_ = redis is null ? orleans.WithDevelopmentClustering().WithMemoryReminders() : orleans.WithClustering(redis).WithReminders(redis);

var origin = builder.AddProject<Projects.FlagCloud_Origin>("origin").WithHttpEndpoint(port: Port("Origin", 15102)).WithHttpHealthCheck("/health");

var silo = Silo("silo", Port("Silo", 15101))
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "FlagCloud")
    .WithUrlForEndpoint("http", _ => new() { Url = "/scalar", DisplayText = "API reference" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/orleans", DisplayText = "Orleans dashboard" })
    .WithHttpCommand("/api/comparisons", "Compare", commandOptions: new() { Description = "Starts a comparison with the default settings.", IsHighlighted = true })
    .WithEnvironment(context => context.EnvironmentVariables["Lab__Dashboard"] = builder.Configuration["Lab:Dashboard"] ?? ""); // where its timelines lead
var workers = silos > 1 ? Silo("silo-worker", port: null).WithReplicas(silos - 1) : silo;

// The arguments of the first comparison; "none" starts none.
var comparison = builder.Configuration.GetValue("Compare", "")!;
if (builder.ExecutionContext.IsRunMode && !comparison.Equals("none", StringComparison.OrdinalIgnoreCase))
{
    string[] arguments = ["compare", .. comparison.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    builder.AddProject<Projects.FlagCloud_Cli>("compare").WithReference(silo.GetEndpoint("http")).WaitFor(silo).WaitFor(workers).WithArgs(arguments);
}

builder.Build().Run();

IResourceBuilder<ProjectResource> Silo(string name, int? port)
{
    var project = builder.AddProject<Projects.FlagCloud_Silo>(name)
        .WithHttpEndpoint(port: port)
        .WithHttpHealthCheck("/health")
        .WithReference(orleans)
        .WithReference(blobs)
        .WithReference(origin)
        .WaitFor(blobs)
        .WaitFor(origin);
    return redis is null ? project : project.WaitFor(redis);
}

// Azurite from its npm package, so that no container engine is needed. The key is the one that Azurite's documentation publishes.
IResourceBuilder<IResourceWithConnectionString> LocalBlobs()
{
    var azurite = builder.AddJavaScriptApp("azurite", "../azurite", "azurite")
        .WithHttpEndpoint(port: Port("Blob", 10000), targetPort: Port("Blob", 10000), name: "blob", env: "PORT", isProxied: false)
        .WithHttpHealthCheck("/devstoreaccount1", statusCode: 400, endpointName: "blob"); // It answers; an operation it was not asked for.
    var blob = azurite.GetEndpoint("blob");
    return builder.AddConnectionString("blobs", ReferenceExpression.Create(
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://{blob.Property(EndpointProperty.IPV4Host)}:{blob.Property(EndpointProperty.Port)}/devstoreaccount1;"))
        .WaitFor(azurite);
}
