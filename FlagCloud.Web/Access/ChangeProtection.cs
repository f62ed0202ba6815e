using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Web.Access;

/// <summary>At the door: refuses changes that another web site had a browser ask for, and takes the key that a request to the API brings.</summary>
static class ChangeProtection
{
    /// <summary>Belongs after forwarded headers (they say which origin is ours) and before everything that changes anything.</summary>
    public static void UseChangeProtection(this WebApplication app)
    {
        app.Services.GetRequiredService<ApiKey>(); // A key that cannot be used fails the start, not the first request.
        app.Use((context, next) =>
        {
            if (IsRead(context.Request)) return next(context);
            if (IsForeign(context.Request)) return Problems.CrossOrigin(context.Request.Headers.Origin.ToString()).ExecuteAsync(context);
            // Pages change things over a connection of their own, and ask for the key there.
            if (!context.Request.Path.StartsWithSegments("/api")) return next(context);
            var visitor = context.RequestServices.GetRequiredService<Visitor>();
            // Said here already, so that no body is read for it.
            return visitor.Enter(Bearer(context.Request)) ? next(context) : throw visitor.Refused;
        });
    }

    // A WebSocket begins with a GET, and a browser opens one to any site without asking that site first.
    static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && !request.Headers.ContainsKey(HeaderNames.SecWebSocketKey);

    /// <summary>Whether a browser sent it on behalf of a page of another origin. Programs that are no browser send neither header.</summary>
    static bool IsForeign(HttpRequest request)
    {
        // What the browser itself says, where it does: it knows best, and a proxy that changes host names cannot confuse it.
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOurs(origin, request);
    }

    // WebSockets have the origin of the page, http or https, and so has the request that opens one.
    static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here)
        && Uri.Compare(page, here, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) is 0;

    static string? Bearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
