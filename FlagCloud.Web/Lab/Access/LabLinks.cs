using FlagCloud.Contracts;

namespace FlagCloud.Silo.Components.Access;

/// <summary>
/// Where pages lead outside the lab: <c>Lab:Dashboard</c> is the dashboard's address, <c>Lab:TraceUrl</c> the address of a trace on it, with
/// <c>{trace}</c> and, where the dashboard can look for one, <c>{country}</c>. Without them there are no such links.
/// </summary>
sealed class LabLinks(IConfiguration configuration, IHostEnvironment environment)
{
    // As the dashboard of the embedded orchestrator names its pages; Aspire's is /traces/detail/{trace}.
    const string TracePath = "/traces/{trace}?search={country}";

    public string? Dashboard { get; } = Address(configuration["Lab:Dashboard"]);

    readonly string? template = Address(configuration["Lab:TraceUrl"]) ?? (Address(configuration["Lab:Dashboard"]) is { } dashboard ? dashboard.TrimEnd('/') + TracePath : null);

    public bool HasOrleansDashboard => environment.IsDevelopment();

    public string? Trace(Comparison comparison, string? country = null) => comparison.TraceId is { } trace
        ? template?.Replace("{trace}", trace, StringComparison.Ordinal).Replace("{country}", country ?? "", StringComparison.Ordinal)
        : null;

    static string? Address(string? text) => text switch
    {
        null or "" => null,
        _ when text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal) => text,
        _ => throw new InvalidOperationException($"'{text}' is not an address that a link can lead to. Lab:Dashboard and Lab:TraceUrl begin with http:// or https://."),
    };
}
