namespace FlagCloud.Silo.Api.Security;

/// <summary>Tells whether a browser sent a request on behalf of a page of another origin. Programs that are no browser send neither header.</summary>
static class CrossOrigin
{
    public static bool IsForeign(HttpRequest request)
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
}
