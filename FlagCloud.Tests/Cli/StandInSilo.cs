using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FlagCloud.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Cli;

/// <summary>The silo's HTTP API as the client sees it: real HTTP and real server-sent events, scripted by the test.</summary>
sealed class StandInSilo : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<Func<EventWriter, Task>> streams = [];
    readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    StandInSilo(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public Comparison Record { get; set; } = Samples.Completed;

    /// <summary>What is answered to a start instead of 202.</summary>
    public IResult? StartAnswer { get; set; }

    /// <summary>What is answered to the next looks at an answer; after them, it is the final record.</summary>
    public ConcurrentQueue<Answer> Answers { get; } = [];

    public int GetFailures { get; set; }

    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<string> Bodies { get; } = [];

    public Task Cancelled => cancelled.Task;

    public byte[] RecordBytes => JsonSerializer.SerializeToUtf8Bytes(Record, FlagCloudJson.Options);

    public static async Task<StandInSilo> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var silo = new StandInSilo(builder.Build());
        silo.Map();
        await silo.app.StartAsync(TestContext.Current.CancellationToken);
        return silo;
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
            return next(context);
        });
        app.MapPost("/api/comparisons", async (HttpRequest request) =>
        {
            Bodies.Enqueue(await new StreamReader(request.Body).ReadToEndAsync());
            return StartAnswer ?? Results.Json(
                Record with { Status = ComparisonStatus.Queued, Runs = [], Summary = [], Conclusions = [] }, FlagCloudJson.Options, statusCode: 202);
        }).AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.Location = $"/api/comparisons/{Record.Id}";
            return await next(context);
        });
        app.MapGet("/api/comparisons", () => Results.Json(new[] { Record }, FlagCloudJson.Options));
        app.MapGet("/api/comparisons/{id}", (string id) => id != Record.Id ? Results.NotFound()
            : GetFailures-- > 0 ? Results.StatusCode(503)
            : Results.Bytes(RecordBytes, "application/json"));
        app.MapDelete("/api/comparisons/{id}", (string id) =>
        {
            cancelled.TrySetResult();
            return Results.Accepted();
        });
        app.MapGet("/api/comparisons/{id}/downloads", (HttpRequest request) => request.Headers.Accept == "text/csv"
            ? Results.Text(Samples.Csv, "text/csv", Encoding.UTF8)
            : Results.Json(Samples.Downloads, FlagCloudJson.Options));
        app.MapGet("/api/questions", () => Results.Json(Samples.Questions, FlagCloudJson.Options));
        app.MapPost("/api/questions/{id}", (string id) => Results.Json(Samples.Asked(id), FlagCloudJson.Options, statusCode: 202));
        app.MapGet("/api/answers/{id}", (string id) => Results.Json(Answers.TryDequeue(out var answer) ? answer : Samples.Answered(id[1..]), FlagCloudJson.Options));
        app.MapDelete("/api/answers/{id}", (string id) =>
        {
            Answers.Clear();
            Answers.Enqueue(Samples.Asked(id[1..]) with { Status = ComparisonStatus.Cancelled });
            cancelled.TrySetResult();
            return Results.Accepted();
        });
        app.MapGet("/api/comparisons/{id}/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            var writer = new EventWriter(context);
            if (streams.TryDequeue(out var script)) await script(writer);
            else await writer.SendAsync("comparison", Record);
        });
    }
}
