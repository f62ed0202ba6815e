using Azure;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlagCloud.Web.Api;

/// <summary>Every error of the API as problem details (RFC 9457): what was wrong, what is allowed, what to do.</summary>
static class Problems
{
    public static ProblemHttpResult NoSuchComparison(string id) => Of(404, "No such comparison", $"There is no comparison '{id}'. GET /api/comparisons lists the newest ones.");

    public static ProblemHttpResult NoDashboard() =>
        Of(409, "There is no dashboard", "Lab:Dashboard and Lab:DashboardKey are not configured, so there is no telemetry to look at. An AppHost configures them.");

    public static ProblemHttpResult NoSuchFlag(string code) => Of(404, "No such flag", $"No flag '{code}' is stored. GET /api/flags lists the stored ones; a comparison stores more.");

    public static ProblemHttpResult NoSuchQuestion(string id, IEnumerable<QuestionInfo> all) =>
        Of(404, "No such question", $"There is no question '{id}'. Ask one of {string.Join(", ", all.Select(question => $"{question.Number} ({question.Id})"))}.");

    public static ProblemHttpResult CrossOrigin(string origin) => Of(
        403, "Refused: from another web site",
        $"This request changes something, and a page of another origin{(origin is "" ? "" : $" ({origin})")} had a browser send it. Only pages of this server and programs may.");

    public static ProblemHttpResult NoHost() => Of(400, "No host", "The Host header names no host. It is the name or address, and the port, under which this server was called.");

    public static ProblemHttpResult NotJson() => Of(415, "Not JSON", NeedsJson);

    public static ValidationProblem Invalid(IReadOnlyDictionary<string, string[]> errors, string detail = "The fields named under errors must be changed.") =>
        TypedResults.ValidationProblem(errors.ToDictionary(), detail, title: "The request is not valid");

    public static IResult Refused(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => Invalid(refusal.Errors, refusal.Detail),
        RefusalKind.Unknown => Of(404, "No such question", refusal.Detail),
        RefusalKind.QueueFull => Of(429, "Too many comparisons wait", refusal.Detail),
        RefusalKind.OriginSilent => Of(503, "The origin does not answer", refusal.Detail),
        _ => Of(503, StorageTitle, refusal.Detail),
    };

    /// <summary>What to say of a failure that is no defect of ours: a change is refused, or something that is needed does not answer. Null for any other.</summary>
    public static string? Explain(Exception e) => e switch
    {
        ChangeRefusedException or SiloSilentException => e.Message,
        // The storage client's own words for every kind of failure; none of them ends a request that its sender still waits for.
        RequestFailedException or AggregateException or TaskCanceledException => $"Storage does not answer, or refuses: {Line(e)} Is it running (connection 'blobs')? Ask again in a few seconds.",
        _ => null,
    };

    static string Line(Exception e) => (e is AggregateException { InnerException: { } inner } ? inner : e).Message.Split('\n', 2)[0].TrimEnd('\r');

    /// <summary>Unexpected failures and framework errors (404, 405, 413, 415 …) get the same form; no stack trace leaves the process.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            400 => "The request cannot be understood. Its Host header must name this server (configuration AllowedHosts), and its query and body what GET /openapi/v1.json describes.",
            404 => "There is nothing at this address. GET /openapi/v1.json lists what there is.",
            405 => "This address does not take that method. GET /openapi/v1.json lists what it takes.",
            413 => $"The body is too large; {ComparisonEndpoints.MaxBodyBytes} bytes are allowed.",
            415 => NeedsJson,
            503 => "Too many pages are open. Close one, and load this one again.",
            _ => null,
        })
        .AddExceptionHandler<Handler>();

    const string NeedsJson = "The body must be JSON: send Content-Type: application/json.", StorageTitle = "Storage does not answer";

    static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    sealed class Handler : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is ChangeRefusedException { KeyWouldHelp: true }) httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"FlagCloud\"";
            var problem = exception switch
            {
                ChangeRefusedException { KeyWouldHelp: true } => Of(401, "The key is missing or wrong", exception.Message),
                ChangeRefusedException => Of(403, "Changes are switched off", exception.Message),
                // The server itself gives up on the request, such as on a body over the limit.
                BadHttpRequestException { StatusCode: 413 } => Of(413, "The body is too large", $"{ComparisonEndpoints.MaxBodyBytes} bytes are allowed."),
                BadHttpRequestException bad => Of(bad.StatusCode, "The request cannot be read", bad.Message),
                SiloSilentException => Of(503, "No silo answers", exception.Message),
                DashboardSilentException => Of(503, "The dashboard does not answer", exception.Message),
                _ when Explain(exception) is { } silence => Of(503, StorageTitle, silence),
                _ => null,
            };
            if (problem is null) return false;
            await problem.ExecuteAsync(httpContext);
            return true;
        }
    }
}
