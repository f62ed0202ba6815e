// FlagCloud's parts, what each of them needs, and where it answers. What Aspire lacks stands in the files beside this one.
TerminalExtensions.ExplainRefusals();
var builder = DistributedApplication.CreateBuilder(Settings.Arguments(args));
var settings = new Settings(builder.Configuration);
builder.CheckPorts();

// Every part waits for those that it needs by itself, as in the cloud, so that all of them start at once.

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

// Grains and nothing else: this is the process that is measured.
var silo = builder.AddProject<Projects.FlagCloud_Silo>("silo")
    .WithReplicas(settings.Silos)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(orleans)
    .WithReference(blobs)
    .WithReference(origin)
    .WithEnvironment("Cluster__Dashboard", settings.OrleansDashboard.ToString())
    .WithUrls(context => context.Urls.ForEach(url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly));

// Aspire asks any one of the replicas for the health of all, so none says yes before all are there.
if (builder.ExecutionContext.IsRunMode) silo.WithEnvironment("Cluster__Silos", settings.Silos.ToString());

var web = builder.AddProject<Projects.FlagCloud_Web>("web")
    .WithHttpEndpoint(port: settings.WebPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(orleans.AsClient())
    .WithReference(blobs)
    .WithEnvironment("Cluster__Dashboard", settings.OrleansDashboard.ToString())
    .WithDashboard("Lab")
    .WithComparisonCommands()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Flag lab")
    .WithUrlForEndpoint("http", _ => new() { Url = "/scalar", DisplayText = "API reference" });

if (settings.OrleansDashboard) web.WithUrlForEndpoint("http", _ => new() { Url = "/orleans", DisplayText = "Orleans dashboard" });

if (builder.ExecutionContext.IsRunMode && settings.Compare is { } arguments)
{
    var compare = builder.AddProject<Projects.FlagCloud_Cli>("compare")
        .WithProgramArgs(["compare", "--wait", "2m", .. arguments])
        .WithReference(web.GetEndpoint("http"))
        .WithVerdictNotification(web)
        .WaitFor(origin);
    if (settings.Silos > 1) compare.WaitFor(silo); // For all of them: the first would do otherwise.
}

builder.ConfigureLocalProjects();
builder.ShowInTerminal(job: "compare", lab: web, settings.Once);
builder.Build().Run();
