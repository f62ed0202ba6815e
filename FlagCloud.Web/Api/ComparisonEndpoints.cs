using System.Net.ServerSentEvents;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using Microsoft.AspNetCore.Mvc;

namespace FlagCloud.Silo.Api;

/// <summary>The HTTP API of comparisons.</summary>
static class ComparisonEndpoints
{
    public const int MaxBodyBytes = 64 * 1024;

    const int MaxListed = 200;

    public static IEndpointRouteBuilder MapComparisons(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/comparisons").WithTags("Comparisons");
        api.MapPost("/", Start).WithSummary("Starts a comparison").Accepts<ComparisonRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).Produces<Comparison>(202).ProducesValidationProblem().ProducesProblem(429).ProducesProblem(503);
        api.MapGet("/", List).WithSummary("The newest comparisons, newest first").Produces<IReadOnlyList<Comparison>>();
        api.MapGet("/{id}", Get).WithSummary("The record of a comparison, as it stands").Produces<Comparison>().ProducesProblem(404);
        api.MapGet("/{id}/events", Watch).WithSummary("What happens, as server-sent events, up to the final record").ProducesProblem(404);
        api.MapGet("/{id}/downloads", Downloads).WithSummary("Every download of every run that has ended").Produces<IEnumerable<Download>>(200, "application/json", "text/csv").ProducesProblem(404);
        api.MapDelete("/{id}", Cancel).WithSummary("Cancels a comparison; the record says what was done until then").Produces<Comparison>().Produces<Comparison>(202).ProducesProblem(404);
        return routes;
    }

    static async Task<IResult> Start(HttpRequest http, ComparisonStarter starter, CancellationToken cancellationToken)
    {
        ComparisonRequest request;
        try
        {
            request = http.ContentLength is 0 || (http.ContentLength is null && http.ContentType is null)
                ? new()
                : await http.ReadFromJsonAsync<ComparisonRequest>(cancellationToken) ?? new();
        }
        catch (JsonException e)
        {
            return Problems.BadJson(e);
        }
        try
        {
            return await starter.Start(request, cancellationToken) switch
            {
                { IsFull: true } => Problems.QueueFull(),
                { Comparison: { } comparison } => TypedResults.Accepted($"/api/comparisons/{comparison.Id}", comparison),
                { Errors: var errors } => Problems.Invalid(errors),
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Problems.OriginSilent(e);
        }
    }

    static async Task<IResult> List(ComparisonReader reader, CancellationToken cancellationToken, int limit = 50)
    {
        if (limit is < 1 or > MaxListed)
            return Problems.Invalid(new Dictionary<string, string[]> { ["limit"] = [$"{limit} is not allowed. Give a whole number from 1 to {MaxListed}."] });
        return TypedResults.Ok(await reader.Newest(limit, cancellationToken));
    }

    static async Task<IResult> Get(string id, ComparisonReader reader, CancellationToken cancellationToken) =>
        await reader.Find(id, cancellationToken) is { } comparison ? TypedResults.Ok(comparison) : Problems.NoSuchComparison(id);

    static async Task<IResult> Watch(string id, ComparisonReader reader, IGrainFactory grains, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        await reader.Find(id, cancellationToken) is null
            ? Problems.NoSuchComparison(id)
            : TypedResults.ServerSentEvents(Events(grains.GetGrain<IControllerGrain>(id), lifetime.ApplicationStopping, cancellationToken));

    static async Task<IResult> Downloads(string id, HttpRequest http, ComparisonReader reader, ComparisonStore store, CancellationToken cancellationToken)
    {
        if (await reader.Find(id, cancellationToken) is null) return Problems.NoSuchComparison(id);
        var downloads = store.Downloads(id, cancellationToken);
        return http.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/csv") ? new CsvResult(downloads) : TypedResults.Ok(downloads);
    }

    static async Task<IResult> Cancel(string id, ComparisonReader reader, CancellationToken cancellationToken)
    {
        if (await reader.Find(id, cancellationToken) is null) return Problems.NoSuchComparison(id);
        var comparison = await reader.Cancel(id);
        return comparison is { Ended: true } ? TypedResults.Ok(comparison) : TypedResults.Accepted($"/api/comparisons/{id}", comparison);
    }

    // Ends when the server does, which would otherwise wait for its viewers as long as it is allowed to: they connect again, to another silo.
    static async IAsyncEnumerable<SseItem<object>> Events(
        IControllerGrain controller, CancellationToken stopping, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using var events = controller.Watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await Next(events, stopping))
            yield return events.Current switch
            {
                { Progress: { } progress } => new(progress, "progress"),
                { Run: { } run } => new(run, "run"),
                _ => new(events.Current.Comparison!, "comparison"),
            };
    }

    static async Task<bool> Next(IAsyncEnumerator<ComparisonEvent> events, CancellationToken stopping)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
