using System.Diagnostics;
using System.Net;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Answers of 400 and more that are the answer to a question, not a failure: storage says in this way that a blob is not there yet, or that it has changed since, and
/// the origin that there is no such flag. In a trace they are no errors.
/// </summary>
static class ExpectedAnswers
{
    public static void AreNoErrors(Activity span, HttpResponseMessage response)
    {
        var isExpected = response.StatusCode switch
        {
            HttpStatusCode.NotFound => response.Headers.Contains("x-ms-request-id") || response.Headers.Contains("X-FlagCloud-In-Flight"),
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => response.Headers.Contains("x-ms-request-id"),
            _ => false,
        };
        if (isExpected) span.SetStatus(ActivityStatusCode.Unset).SetTag("error.type", null);
    }
}
