using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlagCloud.Cli.Connection;

/// <summary>Reads problem details (RFC 9457) into the exception that fits.</summary>
static class Refusal
{
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, Uri silo, CancellationToken cancellationToken)
    {
        var problem = await ReadProblemAsync(response, cancellationToken);
        var status = response.StatusCode;
        if (status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableContent or HttpStatusCode.RequestEntityTooLarge && problem is not null)
            return new UsageException(Sentence(problem) ?? $"the silo refused the request ({(int)status}).");

        var said = problem is not null && Sentence(problem) is { } sentence ? $": {sentence}" : "";
        var address = response.RequestMessage!.RequestUri;
        if (status is HttpStatusCode.NotFound)
        {
            return new SiloException(
                $"{address} does not exist{said}; 'flagcloud list' shows the comparisons, --url says where the silo is.", mayPass: false);
        }

        var mayPass = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
        return new SiloException($"the silo at {silo} answered {(int)status} {response.ReasonPhrase} to {address!.AbsolutePath}{said}; its log says more.", mayPass);
    }

    static async Task<Problem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return null;
        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Sentence(Problem problem) => problem.Errors is { Count: > 0 } errors
        ? string.Join(" ", errors.SelectMany(field => field.Value, (field, message) => field.Key.Length == 0 ? message : $"{field.Key}: {message}"))
        : problem.Detail ?? problem.Title;

    sealed record Problem(string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors);
}
