using System.Net;

namespace FlagCloud.Dashboard.Access;

/// <summary>
/// What every request passes first: it comes from this machine and to a name of this machine (another name for 127.0.0.1 is how a
/// foreign page gets around the browser's rules), it is not sent by a page of another origin, and its browser has logged in.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, BrowserAccess access)
{
    public Task InvokeAsync(HttpContext http)
    {
        SecurityHeaders.Add(http.Response);
        if (http.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            return RefuseAsync(http, StatusCodes.Status403Forbidden, "The dashboard serves this machine only.");
        if (!RequestOrigin.IsLocalName(http.Request.Host.Host))
            return RefuseAsync(http, StatusCodes.Status421MisdirectedRequest, "Open the dashboard as localhost or 127.0.0.1.");
        if (!RequestOrigin.IsAllowed(http.Request))
            return RefuseAsync(http, StatusCodes.Status403Forbidden, "A page of another origin may not do this.");
        if (IsOpen(http.Request.Path) || access.AdmitsCookie(http))
            return next(http);
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.Redirect("/login?returnUrl=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
            return Task.CompletedTask;
        }
        return RefuseAsync(http, StatusCodes.Status401Unauthorized, "Log in first, with the link that the AppHost printed.");
    }

    // The receiver asks for its own key; style and script of the login page say nothing of the system.
    static bool IsOpen(PathString path) =>
        path == "/health" || path == "/login" || path.StartsWithSegments("/assets")
        || path.StartsWithSegments("/v1") || path.Value!.StartsWith("/opentelemetry.proto.collector.", StringComparison.Ordinal);

    static Task RefuseAsync(HttpContext http, int status, string reason)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(reason, http.RequestAborted);
    }
}
