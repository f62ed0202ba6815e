// FlagCloud's parts, what each of them needs, and where it answers. What Aspire lacks stands in the files beside this one.
TerminalExtensions.ExplainRefusals();
var builder = DistributedApplication.CreateBuilder(Settings.Arguments(args));
var settings = Settings.Of(builder.Configuration);
builder.CheckPorts();

// One storage account for everything: blobs hold the flags and the records, tables the members of the cluster.
var azurite = builder.AddAzurite("azurite", settings.BlobPort, settings.Fresh);
var blobs = azurite.AddBlobs("blobs");
var tables = azurite.AddTables("tables");

// A local run is a cluster of its own, so that it waits for no silo of a run that was killed. Reminders belong to the service, which stays the same.
var orleans = builder.AddOrleans("flagcloud")
    .WithClusterId(builder.ExecutionContext.IsRunMode ? $"{Guid.NewGuid():N}" : "flagcloud")
    .WithServiceId("flagcloud")
    .WithClustering(tables)
    .WithReminders(tables);

var origin = builder.AddProject<Projects.FlagCloud_Origin>("origin")
    .WithHttpEndpoint(port: settings.OriginPort)
    .WithHttpHealthCheck("/health");

var silo = builder.AddProject<Projects.FlagCloud_Silo>("silo")
    .WithReplicas(settings.Silos)
    .WithHttpEndpoint(port: settings.WebPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(orleans)
    .WithReference(blobs)
    .WithReference(origin)
    .WaitFor(blobs)
    .WaitFor(tables)
    .WaitFor(origin)
    .WithDashboardAddress("Lab__Dashboard")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Flag lab")
    .WithUrlForEndpoint("http", _ => new() { Url = "/scalar", DisplayText = "API reference" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/orleans", DisplayText = "Orleans dashboard" })
    .WithUrlForEndpoint("orleans-silo", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
    .WithUrlForEndpoint("orleans-gateway", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);

if (builder.ExecutionContext.IsRunMode && settings.Compare is { } arguments)
{
    builder.AddProject<Projects.FlagCloud_Cli>("compare")
        .WithProgramArgs(["compare", .. arguments])
        .WithReference(silo.GetEndpoint("http"))
        .WaitFor(silo);
}

builder.ConfigureLocalProjects();
builder.ShowInTerminal(job: "compare", lab: silo, settings.Once);
builder.Build().Run();
