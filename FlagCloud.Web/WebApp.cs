using Azure.Core;
using Azure.Storage.Blobs;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace FlagCloud.Web;

/// <summary>The HTTP API and the flag lab: an Orleans client, which reads what is stored by itself and leaves every change to grains.</summary>
static class WebApp
{
    const int FlagCacheBytes = 32 * 1024 * 1024;

    public static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddAzureBlobServiceClient("blobs", AnswerSoon);
        builder.AddKeyedAzureTableServiceClient("tables");
        builder.UseOrleansClient(client => client.UseSilosWhenTheyAreThere());
        // That there is no silo yet is said once, by QueueWatch, and is no error with each probe while the parts of an app start.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddRecordSerializer().AddAccess().AddLive().AddProblems().AddOpenApi().AddOutputCache(cache => cache.SizeLimit = FlagCacheBytes).AddLab();
        builder.Services.ConfigureHttpJsonOptions(json => FlagCloudJson.Apply(json.SerializerOptions));
        if (HasOrleansDashboard(builder.Environment, builder.Configuration)) builder.UseOrleansClient(client => client.AddDashboard());

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseRateLimiter();
        app.UseChangeProtection();
        app.UseOutputCache();
        app.MapDefaultEndpoints();
        app.MapComparisons();
        app.MapFlags();
        app.MapOpenApi();
        app.MapLab();
        if (app.Environment.IsDevelopment()) app.MapScalarApiReference();
        if (HasOrleansDashboard(app.Environment, app.Configuration)) app.MapOrleansDashboard("/orleans").ExcludeFromDescription();
        return app;
    }

    /// <summary>For developers who ask for it: it looks at every call.</summary>
    public static bool HasOrleansDashboard(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment() && configuration.GetValue<bool>("Cluster:Dashboard");

    // Whoever asks waits: within five seconds there is an answer, or it is said that storage has none.
    static void AnswerSoon(BlobClientOptions options)
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
    }
}
