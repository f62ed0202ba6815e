using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Questions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlagCloud.Silo.Api;

/// <summary>Every error of the API as problem details (RFC 9457): what was wrong, what is allowed, what to do.</summary>
static class Problems
{
    public static ProblemHttpResult NoSuchComparison(string id) => TypedResults.Problem(
        $"There is no comparison '{id}'. GET /api/comparisons lists the newest ones.", statusCode: 404, title: "No such comparison");

    public static ProblemHttpResult NoSuchFlag(string code) => TypedResults.Problem(
        $"No flag '{code}' is stored. GET /api/flags lists the stored ones; a comparison stores more.", statusCode: 404, title: "No such flag");

    public static ProblemHttpResult NoSuchQuestion(string id, IEnumerable<Question> all) => TypedResults.Problem(
        $"There is no question '{id}'. Ask one of {string.Join(", ", all.Select(question => $"{question.Number} ({question.Id})"))}.", statusCode: 404, title: "No such question");

    public static ProblemHttpResult NoSuchAnswer(string id) => TypedResults.Problem(
        $"There is no answer '{id}'. GET /api/answers lists the newest ones.", statusCode: 404, title: "No such answer");

    public static ProblemHttpResult OriginSilent(Exception e) => TypedResults.Problem(
        $"The flag origin did not answer, so nothing was started: {e.Message} Is it running (configuration Flags:Origin)?", statusCode: 503, title: "The origin does not answer");

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) => TypedResults.ValidationProblem(
        errors, "Nothing was started. The fields named under errors must be changed.", title: "The request is not valid");

    public static ProblemHttpResult QueueFull() => TypedResults.Problem(
        $"Nothing was started: {QueueGrain.MaxWaiting} comparisons wait already, and they run one at a time. Wait for one to end, or cancel one (DELETE /api/comparisons/{{id}}).",
        statusCode: 429, title: "Too many comparisons wait");

    public static ProblemHttpResult CrossOrigin(string origin) => TypedResults.Problem(
        $"This request changes something, and a page of another origin{(origin is "" ? "" : $" ({origin})")} had a browser send it. Only pages of this server and programs may.",
        statusCode: 403, title: "Refused: from another web site");

    public static ProblemHttpResult ChangesOff() => TypedResults.Problem(
        "In Production, changes need a key, and none is configured. Set Api__Key for the silo; then send it as Authorization: Bearer <key>. Reading needs no key.",
        statusCode: 403, title: "Changes are switched off");

    public static ProblemHttpResult KeyNeeded() => TypedResults.Problem(
        "This changes something, and needs the key that is configured as Api:Key. Send it as Authorization: Bearer <key>; flagcloud takes it from FLAGCLOUD_API_KEY.",
        statusCode: 401, title: "The key is missing or wrong");

    /// <summary>Names the member at which JSON could not be read.</summary>
    public static ValidationProblem BadJson(JsonException e)
    {
        var field = e.Path is null or "" or "$" ? "body" : e.Path.Replace("$.", "", StringComparison.Ordinal);
        return Invalid(new Dictionary<string, string[]> { [field] = [$"{e.Message.Split(" Path: ")[0]} The body is a JSON object; GET /openapi/v1.json describes it."] });
    }

    /// <summary>Unexpected failures and framework errors (404, 405, 413, 415 …) get the same form; no stack trace leaves the process.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => FlagCloudJson.Apply(json.SerializerOptions))
        .AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            404 => "There is nothing at this address. GET /openapi/v1.json lists what there is.",
            405 => "This address does not take that method. GET /openapi/v1.json lists what it takes.",
            413 => $"The body is too large; {ComparisonEndpoints.MaxBodyBytes} bytes are allowed.",
            415 => "The body must be JSON: send Content-Type: application/json.",
            _ => null,
        })
        .AddExceptionHandler<BadRequestHandler>();
}
