using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Deploy;

/// <summary>An OTLP collector over HTTP that counts what it gets and wants the key that the manifest names, if any.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly WebApplication app;

    Collector(WebApplication app) => this.app = app;

    public string Authority => new Uri(app.Urls.Single()).Authority;

    /// <summary>Which signals came, such as "traces", and under which key.</summary>
    public ConcurrentDictionary<(string Signal, string Key), int> Received { get; } = [];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/{signal}", (string signal, HttpRequest request) =>
        {
            collector.Received.AddOrUpdate((signal, request.Headers["x-otlp-api-key"].ToString()), 1, (_, count) => count + 1);
            return Results.Bytes([], "application/x-protobuf");
        });
        await collector.app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
