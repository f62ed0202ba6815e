using System.Net;

namespace FlagCloud.Dashboard.Access;

/// <summary>The printed link changes its token for a cookie and leaves it out of the address; without a token, a form asks for one.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/login", (HttpContext http, BrowserAccess access, DashboardOptions options, string? t, string? returnUrl) =>
            t is null ? Form(options, returnUrl, failed: false) : Enter(http, access, options, t, returnUrl));
        routes.MapPost("/login", async (HttpContext http, BrowserAccess access, DashboardOptions options) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return Enter(http, access, options, form["t"], form["returnUrl"]);
        });
    }

    static IResult Enter(HttpContext http, BrowserAccess access, DashboardOptions options, string? token, string? returnUrl)
    {
        if (!access.AdmitsToken(token?.Trim())) return Form(options, returnUrl, failed: true);
        access.GiveCookie(http);
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.AsSpan().ContainsAnyInRange('\u0000', '\u001f') && !url.StartsWith("/login", StringComparison.Ordinal);

    static IResult Form(DashboardOptions options, string? returnUrl, bool failed) => Results.Content($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Log in · {Html(options.ApplicationName)}</title>
          <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/site.css"><script src="/assets/site.js"></script>
        </head>
        <body class="login">
          <main class="card">
            <h1>{Html(options.ApplicationName)}</h1>
            <p>Open the link that the AppHost printed, or paste its token here.</p>
            <form method="post" action="/login">
              <input type="hidden" name="returnUrl" value="{Html(returnUrl)}">
              <label for="t">Token</label>
              <input id="t" name="t" type="password" autocomplete="off" required autofocus>
              {(failed ? "<p class=\"error\" role=\"alert\">That is not the token of this run. Each start has a new one: look at the AppHost's last output.</p>" : "")}
              <button class="primary" type="submit">Log in</button>
            </form>
          </main>
        </body>
        </html>
        """, "text/html; charset=utf-8", statusCode: failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    static string Html(string? text) => WebUtility.HtmlEncode(text ?? "");
}
