using Azure.Core;
using Azure.Storage.Blobs;
using FlagCloud.Contracts;
using FlagCloud.Web.Access;
using FlagCloud.Web.Api;
using FlagCloud.Web.Lab;
using FlagCloud.Web.Live;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace FlagCloud.Web;

/// <summary>The HTTP API and the flag lab: an Orleans client, which reads what is stored by itself and leaves every change to grains.</summary>
static class WebApp
{
    public static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddAzureBlobServiceClient("blobs", AnswerSoon);
        builder.AddKeyedAzureTableServiceClient("tables");
        builder.UseOrleansClient(client => client.UseSilosWhenTheyAreThere());
        builder.Services.AddRecordSerializer().AddAccess().AddLive().AddApi().AddLab();
        if (builder.Environment.IsDevelopment()) builder.UseOrleansClient(client => client.AddDashboard());

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseAccess();
        app.MapDefaultEndpoints();
        app.MapApi();
        app.MapLab();
        if (app.Environment.IsDevelopment()) app.MapScalarApiReference();
        if (app.Services.GetRequiredService<LabLinks>().HasOrleansDashboard) app.MapOrleansDashboard("/orleans").ExcludeFromDescription();
        return app;
    }

    // Whoever asks waits: within five seconds there is an answer, or it is said that storage has none.
    static void AnswerSoon(BlobClientOptions options)
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
    }
}
