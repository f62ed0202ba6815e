using System.Text.RegularExpressions;

namespace FlagCloud.Silo.Flags;

/// <summary>URL templates of foreign origins, such as <c>https://example.org/flags/{code}.gif</c>.</summary>
static partial class OriginTemplate
{
    /// <summary>
    /// Whether a template is one of the allowed prefixes, followed by nothing but plain names, slashes and the code. Servers differ in what they make of
    /// encoded dots and slashes, of parameters and of <c>..</c>, so that none of these passes, in whatever disguise.
    /// </summary>
    public static bool IsAllowed(string template, IEnumerable<string> allowedPrefixes) => allowedPrefixes.Any(prefix =>
        Uri.TryCreate(prefix, UriKind.Absolute, out var allowed) && allowed.Scheme is "http" or "https"
        && template.StartsWith(prefix.TrimEnd('/') + "/", StringComparison.Ordinal)
        && Rest().IsMatch(template[(prefix.TrimEnd('/').Length + 1)..]));

    public static string Expand(string template, string code) => template
        .Replace("{code}", code, StringComparison.Ordinal).Replace("{CODE}", code.ToUpperInvariant(), StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?=.*\{(code|CODE)\})(?!.*\.\.)([A-Za-z0-9_.\-/]|\{code\}|\{CODE\})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
