namespace FlagCloud.Silo.Flags;

/// <summary>URL templates of foreign origins, such as <c>https://example.org/flags/{code}.gif</c>.</summary>
static class OriginTemplate
{
    /// <summary>
    /// Whether a template stays under one of the allowed prefixes whatever the code is. Both are compared as parsed URLs, so that neither
    /// <c>https://allowed.example@evil.example/</c> nor <c>/allowed/../secret</c> passes.
    /// </summary>
    public static bool IsAllowed(string template, IList<string> allowedPrefixes) =>
        Expand(template, "xx") != template && IsUnder(Expand(template, "xx"), allowedPrefixes) && IsUnder(Expand(template, "yy-yy"), allowedPrefixes);

    public static string Expand(string template, string code) => template
        .Replace("{code}", code, StringComparison.Ordinal).Replace("{CODE}", code.ToUpperInvariant(), StringComparison.Ordinal);

    static bool IsUnder(string address, IList<string> prefixes) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.UserInfo is ""
        && prefixes.Any(prefix => Uri.TryCreate(prefix, UriKind.Absolute, out var allowed)
            && (allowed.Scheme, allowed.Host, allowed.Port) == (url.Scheme, url.Host, url.Port)
            && url.AbsolutePath.StartsWith(allowed.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal));
}
