namespace FlagCloud.Web.Access;

/// <summary>
/// What browsers may do with our pages: run and style them with our own files, and nothing else. Style attributes are allowed, and only they:
/// charts place their parts in them. An endpoint may set a stricter policy of its own, as stored flags do.
/// </summary>
static class SecurityHeaders
{
    const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    // Pages of others, which bring scripts and styles of their own.
    static readonly PathString[] Foreign = ["/orleans", "/scalar"];

    /// <summary>On every answer, refusals and failures included: set when the answer begins, since whoever reports a failure clears the headers first.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (Array.Exists(Foreign, prefix => http.Request.Path.StartsWithSegments(prefix))) return Task.CompletedTask;
            // Blazor adds a policy of its own to its pages, which only says who may frame them.
            if (!headers.ContainsKey("Content-Security-Policy") || headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal)) headers.ContentSecurityPolicy = Policy;
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
