using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dashboard;

/// <summary>Which variables of a resource are masked until somebody asks for them.</summary>
internal static partial class Secrets
{
    public static bool IsSecret(string name, string value) => Name().IsMatch(name) || Value().IsMatch(value);

    // A service key (Orleans__Clustering__ServiceKey) only names a client.
    [GeneratedRegex("password|secret|token|connection_?string|otlp.*_headers|(?<!Service|Public)key$|apikey|accountkey", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex("(account|api|access)-?key=|password=|://[^/@]*:[^/@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex Value();
}
