using FlagCloud.Web.Lab.Runs;
using Microsoft.AspNetCore.DataProtection;

namespace FlagCloud.Web.Lab;

static class LabServices
{
    public static IServiceCollection AddLab(this IServiceCollection services)
    {
        services.AddSingleton<LabLinks>();
        // Nothing that is protected outlives the process, so its keys need no place on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DisconnectedCircuitMaxRetained = 20;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30); // A reload finds everything again.
        });
        return services;
    }

    public static void MapLab(this WebApplication app)
    {
        app.Services.GetRequiredService<LabLinks>(); // An address that cannot be used fails the start, not the first page.
        app.UseAntiforgery();
        app.MapStaticAssets().ExcludeFromDescription();
        app.MapRunFiles();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(render => render.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}

/// <summary>Links out of the lab: <c>Lab:Dashboard</c>, and <c>Lab:TraceUrl</c>, of a trace, with <c>{trace}</c> and perhaps <c>{country}</c>; none without them.</summary>
sealed class LabLinks(IConfiguration configuration, IHostEnvironment environment)
{
    // As Aspire's dashboard names its pages.
    const string TracePath = "/traces/detail/{trace}";

    public string? Dashboard { get; } = Address(configuration["Lab:Dashboard"]);

    readonly string? template = Address(configuration["Lab:TraceUrl"]) ?? (Address(configuration["Lab:Dashboard"]) is { } dashboard ? dashboard.TrimEnd('/') + TracePath : null);

    public bool HasOrleansDashboard { get; } = WebApp.HasOrleansDashboard(environment, configuration);

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
