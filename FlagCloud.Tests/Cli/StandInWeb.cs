using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FlagCloud.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Cli;

/// <summary>FlagCloud's HTTP API as the client sees it: real HTTP and real server-sent events, scripted by the test.</summary>
sealed class StandInWeb : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<Func<EventWriter, Task>> streams = [];
    readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    StandInWeb(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>The one comparison that there is, whatever was started or asked.</summary>
    public Comparison Record { get; set; } = Samples.Completed;

    /// <summary>What the settings of a start or the name of a question lead to, if it is not <see cref="Record"/> itself.</summary>
    public Func<string, Comparison>? Becomes { get; set; }

    /// <summary>What is answered to a start instead of 202.</summary>
    public IResult? StartAnswer { get; set; }

    /// <summary>What the dashboard has of the comparison.</summary>
    public TelemetryCheck? Telemetry { get; set; }

    public int GetFailures { get; set; }

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>What came as Authorization with requests that change something.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    public ConcurrentQueue<string> Bodies { get; } = [];

    public Task Cancelled => cancelled.Task;

    public byte[] RecordBytes => JsonSerializer.SerializeToUtf8Bytes(Record, FlagCloudJson.Options);

    public static async Task<StandInWeb> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var web = new StandInWeb(builder.Build());
        web.Map();
        await web.app.StartAsync(TestContext.Current.CancellationToken);
        return web;
    }

    /// <summary>What the next connection to the event stream gets; without a script, it gets the final record at once.</summary>
    public void OnStream(Func<EventWriter, Task> script) => streams.Enqueue(script);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    void Map()
    {
        app.Use((context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            if (context.Request.Method is "POST" or "DELETE") Keys.Enqueue(context.Request.Headers.Authorization.ToString());
            return next(context);
        });
        app.MapGet("/health", () => "Healthy");
        app.MapPost("/api/comparisons", async (HttpRequest request) =>
        {
            var body = await new StreamReader(request.Body).ReadToEndAsync();
            Bodies.Enqueue(body);
            return StartAnswer ?? Started(body);
        });
        app.MapPost("/api/questions/{id}", (string id) => Started(id));
        app.MapGet("/api/questions", () => Results.Json(Samples.Questions, FlagCloudJson.Options));
        app.MapGet("/api/comparisons", () => Results.Json(new[] { Record }, FlagCloudJson.Options));
        app.MapGet("/api/comparisons/{id}", (string id) => id != Record.Id ? Results.NotFound()
            : GetFailures-- > 0 ? Results.StatusCode(503)
            : Results.Bytes(RecordBytes, "application/json"));
        app.MapGet("/api/comparisons/{id}/telemetry", () => Results.Json(Telemetry, FlagCloudJson.Options));
        app.MapDelete("/api/comparisons/{id}", (string id) =>
        {
            cancelled.TrySetResult();
            return Results.Accepted();
        });
        app.MapGet("/api/comparisons/{id}/downloads", (HttpRequest request) => request.Headers.Accept == "text/csv"
            ? Results.Text(Samples.Csv, "text/csv", Encoding.UTF8)
            : Results.Json(Samples.Downloads, FlagCloudJson.Options));
        app.MapGet("/api/comparisons/{id}/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            var writer = new EventWriter(context);
            if (streams.TryDequeue(out var script)) await script(writer);
            else await writer.SendAsync("comparison", Record);
        });
    }

    IResult Started(string what)
    {
        if (Becomes is not null) Record = Becomes(what);
        return Results.Json(Record with { Status = ComparisonStatus.Queued, Runs = [], Summary = [], Conclusions = [], Verdict = null }, FlagCloudJson.Options, statusCode: 202);
    }
}
