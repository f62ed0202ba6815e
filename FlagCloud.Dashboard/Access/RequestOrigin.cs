namespace FlagCloud.Dashboard.Access;

internal static class RequestOrigin
{
    public static bool IsLocalName(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "::1" || host.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>Reading is always allowed, since the browser keeps the answer from a foreign page; doing, and websockets, are not.</summary>
    public static bool IsAllowed(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
            return IsReading(request) || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return IsReading(request) || request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    static bool IsReading(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0 && !request.Headers.ContainsKey(":protocol");
}
