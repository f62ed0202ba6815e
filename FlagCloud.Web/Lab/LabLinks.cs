namespace FlagCloud.Web.Lab;

/// <summary>
/// Where pages lead outside the lab: <c>Lab:Dashboard</c> is the dashboard's address, <c>Lab:TraceUrl</c> the address of a trace on it, with
/// <c>{trace}</c> and, where the dashboard can look for one, <c>{country}</c>. Without them there are no such links.
/// </summary>
sealed class LabLinks(IConfiguration configuration, IHostEnvironment environment)
{
    // As Aspire's dashboard names its pages.
    const string TracePath = "/traces/detail/{trace}";

    public string? Dashboard { get; } = Address(configuration["Lab:Dashboard"]);

    readonly string? template = Address(configuration["Lab:TraceUrl"]) ?? (Address(configuration["Lab:Dashboard"]) is { } dashboard ? dashboard.TrimEnd('/') + TracePath : null);

    public bool HasOrleansDashboard { get; } = WebApp.HasOrleansDashboard(environment, configuration);

    /// <summary>Null where there is no trace, or nowhere to look at one.</summary>
    public string? Trace(string? trace, string? country = null) => trace is not null
        ? template?.Replace("{trace}", trace, StringComparison.Ordinal).Replace("{country}", country ?? "", StringComparison.Ordinal)
        : null;

    /// <summary>The rows that are a comparison's runs on Aspire's dashboard; null without one.</summary>
    public string? Runs(string comparison) => Dashboard is { } dashboard ? $"{dashboard.TrimEnd('/')}/traces?filters=comparison.id:equals:{comparison}" : null;

    static string? Address(string? text) => text switch
    {
        null or "" => null,
        _ when text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal) => text,
        _ => throw new InvalidOperationException($"'{text}' is not an address that a link can lead to. Lab:Dashboard and Lab:TraceUrl begin with http:// or https://."),
    };
}
