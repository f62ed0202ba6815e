using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace FlagCloud.Web.Api;

static class ComparisonEndpoints
{
    public const int MaxBodyBytes = 64 * 1024;
    const int MaxListed = 200;

    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/comparisons").WithTags("Comparisons");
        api.MapPost("/", Start).WithSummary("Starts a comparison").Accepts<ComparisonSettings>(isOptional: true, "application/json")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).Produces<Comparison>(202).ProducesValidationProblem().ProducesProblem(429).ProducesProblem(503);
        api.MapGet("/", List).WithSummary("The newest comparisons, newest first").Produces<IReadOnlyList<Comparison>>().ProducesValidationProblem();
        api.MapGet("/{id}", Get).WithSummary("The record of a comparison, as it stands; as Markdown, what came of it")
            .Produces<Comparison>(200, "application/json", Markdown.MediaType).ProducesProblem(404).ProducesProblem(503);
        api.MapGet("/{id}/events", Watch).WithSummary("What happens, as server-sent events, up to the final record").ProducesProblem(404).ProducesProblem(503);
        api.MapGet("/{id}/downloads", Downloads).WithSummary("Every download of every run that has ended")
            .Produces<IEnumerable<Download>>(200, "application/json", Csv.MediaType).ProducesProblem(404);
        api.MapGet("/{id}/telemetry", Telemetry).WithSummary("The record held against the traces that the dashboard has of it").Produces<TelemetryCheck>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapDelete("/{id}", Cancel).WithSummary("Cancels a comparison; the record says what was done until then").Produces<Comparison>().Produces<Comparison>(202).ProducesProblem(404).ProducesProblem(503);

        var questions = routes.MapGroup("/api/questions").WithTags("Questions");
        questions.MapGet("/", async (ComparisonReader reader, CancellationToken cancellationToken) => (await reader.Choices(cancellationToken)).Questions)
            .WithSummary("The questions that can be answered by experiment").Produces<IReadOnlyList<QuestionInfo>>().ProducesProblem(503);
        questions.MapGet("/{id}", Question).WithSummary("One question, by its id or its number").Produces<QuestionInfo>().ProducesProblem(404).ProducesProblem(503);
        questions.MapPost("/{id}", async (string id, Changes changes) => Started(await changes.Ask(id)))
            .WithSummary("Starts the comparison that answers it").Produces<Comparison>(202).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503);
        routes.MapGet("/api/choices", (ComparisonReader reader, CancellationToken cancellationToken) => reader.Choices(cancellationToken))
            .WithTags("Comparisons").WithSummary("What settings can be chosen from, and which questions can be asked").Produces<Choices>().ProducesProblem(503);
    }

    /// <summary>What comes from storage piece by piece, with its first piece in hand: that storage is silent is known before the answer begins.</summary>
    public static async Task<IAsyncEnumerable<T>> Begun<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        var items = source.GetAsyncEnumerator(cancellationToken);
        return Rest(items, await items.MoveNextAsync());

        static async IAsyncEnumerable<T> Rest(IAsyncEnumerator<T> items, bool any)
        {
            await using (items)
                for (; any; any = await items.MoveNextAsync())
                    yield return items.Current;
        }
    }

    static async Task<IResult> Start(HttpRequest http, Changes changes, CancellationToken cancellationToken)
    {
        // Nothing at all asks for the default comparison; whatever is sent is read, and must be JSON.
        if (http.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return Started(await changes.Start(new()));
        if (!http.HasJsonContentType()) return Problems.NotJson();
        var (settings, errors) = await SettingsBody.Read(http.Body, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors, "Nothing was started. The fields named under errors must be changed.") : Started(await changes.Start(settings));
    }

    static IResult Started(StartResult result) =>
        result is { Comparison: { } comparison } ? TypedResults.Accepted($"/api/comparisons/{comparison.Id}", comparison) : Problems.Refused(result.Refusal!);

    static async Task<IResult> List(ComparisonReader reader, CancellationToken cancellationToken, string limit = "50") =>
        int.TryParse(limit, out var count) && count is >= 1 and <= MaxListed
            ? TypedResults.Ok(await reader.Newest(count, cancellationToken))
            : Problems.Invalid(new Dictionary<string, string[]> { ["limit"] = [$"'{limit}' is not allowed. Give a whole number from 1 to {MaxListed}."] });

    static async Task<IResult> Get(string id, HttpRequest http, ComparisonReader reader, LabLinks links, CancellationToken cancellationToken) =>
        await reader.Find(id, cancellationToken) is not { } comparison ? Problems.NoSuchComparison(id)
        : http.Accepts(Markdown.MediaType) ? Markdown.Of(comparison, $"{http.Scheme}://{http.Host}{http.PathBase}", links)
        : TypedResults.Ok(comparison);

    static async Task<IResult> Question(string id, ComparisonReader reader, CancellationToken cancellationToken)
    {
        var all = (await reader.Choices(cancellationToken)).Questions;
        return all.FirstOrDefault(question => question.Id == id || $"{question.Number}" == id) is { } found ? TypedResults.Ok(found) : Problems.NoSuchQuestion(id, all);
    }

    static async Task<IResult> Watch(string id, ComparisonReader reader, Watches watches, CancellationToken cancellationToken) =>
        await reader.Find(id, cancellationToken) is { } comparison
            ? TypedResults.ServerSentEvents(watches.Events(comparison, cancellationToken).Select(Item))
            : Problems.NoSuchComparison(id);

    static SseItem<object> Item(ComparisonEvent happened) => happened switch
    {
        { Progress: { } progress } => new(progress, "progress"),
        { Run: { } run } => new(run, "run"),
        _ => new(happened.Comparison!, "comparison"),
    };

    static async Task<IResult> Downloads(string id, HttpRequest http, ComparisonReader reader, ComparisonRecords records, CancellationToken cancellationToken)
    {
        if (await reader.Stored(id, cancellationToken) is null) return Problems.NoSuchComparison(id);
        var downloads = await records.Downloads(id, cancellationToken).Begun(cancellationToken);
        return http.Accepts(Csv.MediaType) ? Csv.Of(downloads) : TypedResults.Ok(downloads);
    }

    static async Task<IResult> Telemetry(string id, ComparisonReader reader, LabLinks links, DashboardTraces traces, CancellationToken cancellationToken) =>
        await reader.Stored(id, cancellationToken) is not { } comparison ? Problems.NoSuchComparison(id)
        : links.Dashboard is { } dashboard ? TypedResults.Ok(await traces.Check(comparison, dashboard, cancellationToken))
        : Problems.NoDashboard();

    static bool Accepts(this HttpRequest http, string mediaType) => http.GetTypedHeaders().Accept.Any(accept => accept.MediaType == mediaType);

    static async Task<IResult> Cancel(string id, Changes changes) => await changes.Cancel(id) switch
    {
        null => Problems.NoSuchComparison(id),
        { Ended: true } ended => TypedResults.Ok(ended),
        var comparison => TypedResults.Accepted($"/api/comparisons/{id}", comparison),
    };
}
