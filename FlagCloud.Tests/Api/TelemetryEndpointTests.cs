using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Api;

/// <summary>The check against a dashboard that stands in for Aspire's, and what came of a comparison as Markdown. The real one is asked in AppHostProcessTests.</summary>
public sealed class TelemetryEndpointTests(AzuriteFixture azurite)
{
    static readonly object Request = new { countries = new[] { "br", "cn" }, profile = "local", rounds = 1, warmup = false, strategies = new[] { "async" } };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Span_that_the_dashboard_does_not_have_is_lost()
    {
        string[] spans = [Span("1", "", 2_000_000_000), Span("2", "1", 500_000_000), Span("3", "gone", 500_000_000)];
        await using var dashboard = await StandInDashboard(spans);
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Lab:Dashboard"] = dashboard.Urls.Single(), ["Lab:DashboardKey"] = "key" });
        var comparison = await host.Run(Request);

        var check = (await host.Client.GetFromJsonAsync<TelemetryCheck>($"/api/comparisons/{comparison.Id}/telemetry", FlagCloudJson.Options, Cancelled))!;
        var run = Assert.Single(check.Runs);
        Assert.Equal(("async", 1, 2.0, 2, 1), (run.Name, run.Round, run.TraceSeconds, run.Downloads, run.TraceDownloads));
        Assert.Equal(2, run.LostSpans); // A download, and the parent of what is below the other.
        Assert.False(check.Agrees);

        var markdown = await Markdown(host, comparison.Id);
        Assert.StartsWith($"**{comparison.Conclusions[0]}**", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| async | ", markdown, StringComparison.Ordinal);
        Assert.Contains($"{dashboard.Urls.Single()}/traces?filters=comparison.id:equals:{comparison.Id})", markdown, StringComparison.Ordinal);
        Assert.Contains($"/race/{comparison.Id})", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_dashboard_it_is_said_what_is_missing()
    {
        await using var host = await SiloHost.Start(azurite);
        var comparison = await host.Run(Request);

        using var answer = await host.Client.GetAsync($"/api/comparisons/{comparison.Id}/telemetry", Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Lab:Dashboard", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/traces", await Markdown(host, comparison.Id), StringComparison.Ordinal);
    }

    static async Task<string> Markdown(SiloHost host, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/comparisons/{id}") { Headers = { Accept = { new("text/markdown") } } };
        using var answer = await host.Client.SendAsync(request, Cancelled);
        Assert.Equal("text/markdown", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    static string Span(string id, string parent, long nanoseconds) =>
        $$"""{"spanId":"{{id}}","parentSpanId":"{{parent}}","startTimeUnixNano":"1000","endTimeUnixNano":"{{1000 + nanoseconds}}"}""";

    static async Task<WebApplication> StandInDashboard(string[] spans)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/api/telemetry/traces/{trace}", (HttpRequest request) => request.Headers["X-API-Key"] == "key"
            ? Results.Text($$$"""{"data":{"resourceSpans":[{"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}}""", "application/json")
            : Results.Unauthorized());
        await app.StartAsync(Cancelled);
        return app;
    }
}
