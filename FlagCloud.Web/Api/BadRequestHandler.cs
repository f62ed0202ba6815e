using Microsoft.AspNetCore.Diagnostics;

namespace FlagCloud.Silo.Api;

/// <summary>Requests that the server itself gives up on, such as a body over the limit.</summary>
sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException e) return false;
        httpContext.Response.StatusCode = e.StatusCode;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = e.StatusCode, Detail = e.StatusCode is 413 ? null : e.Message },
        });
    }
}
