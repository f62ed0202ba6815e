#:sdk Aspire.AppHost.Sdk@13.6.4
#:package Aspire.Hosting.Azure.AppContainers@13.6.5
#:package Aspire.Hosting.Azure.Storage@13.6.5
#:package Aspire.Hosting.Orleans@13.6.5

// NOT COMPILED HERE: the Azure packages could not be restored where this was written; the calls are those of Aspire's documentation, 13.6.
// FlagCloud.AppHost's model with Azure's storage instead of Azurite, for `aspire deploy` to Container Apps. docs/deploy.md
var builder = DistributedApplication.CreateBuilder(args);

builder.AddAzureContainerAppEnvironment("flagcloud");

// Roles for what refers to them, and no keys: Aspire gives each app an identity.
var storage = builder.AddAzureStorage("storage");
var blobs = storage.AddBlobs("blobs");
var tables = storage.AddTables("tables");

var orleans = builder.AddOrleans("orleans")
    .WithClusterId("flagcloud")
    .WithServiceId("flagcloud")
    .WithClustering(tables)
    .WithReminders(tables);

var origin = builder.AddProject("origin", "../../FlagCloud.Origin/FlagCloud.Origin.csproj")
    .WithHttpEndpoint();

// One replica: Container Apps gives the replicas of an app no addresses of their own that Orleans could rely on.
builder.AddProject("silo", "../../FlagCloud.Silo/FlagCloud.Silo.csproj")
    .WithHttpEndpoint()
    .WithReference(orleans)
    .WithReference(blobs)
    .WithReference(origin)
    .PublishAsAzureContainerApp((_, app) => (app.Template.Scale.MinReplicas, app.Template.Scale.MaxReplicas) = (1, 1));

builder.AddProject("web", "../../FlagCloud.Web/FlagCloud.Web.csproj")
    .WithHttpEndpoint()
    .WithExternalHttpEndpoints()
    .WithReference(orleans.AsClient())
    .WithReference(blobs)
    .WithEnvironment("Api__Key", builder.AddParameter("api-key", secret: true));

builder.Build().Run();
