using FlagCloud.Silo.Api;
using FlagCloud.Silo.Api.Security;
using FlagCloud.Silo.Cluster;
using FlagCloud.Silo.Components;
using FlagCloud.Silo.Storage;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace FlagCloud.Silo;

/// <summary>The silo as a web application: grains, HTTP API, and in development the pages that describe them.</summary>
static class SiloApp
{
    public static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddAzureBlobServiceClient("blobs", BlobRetries.Configure);
        builder.AddKeyedAzureTableServiceClient("tables");
        builder.Services.AddFlagCloud(builder.Configuration).AddProblems().AddChangeProtection().AddLab().AddOpenApi();
        builder.UseOrleans(silo => silo.UsePlatformEndpoints());
        if (builder.Environment.IsDevelopment()) builder.UseOrleans(silo => silo.AddDashboard());

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseChangeProtection();
        app.MapDefaultEndpoints();
        app.MapComparisons().MapQuestions().MapFlags();
        app.MapOpenApi();
        if (app.Environment.IsDevelopment())
        {
            app.MapScalarApiReference();
            app.MapOrleansDashboard("/orleans");
        }
        app.MapLab();
        return app;
    }
}
