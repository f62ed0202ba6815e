using FlagCloud.Web.Lab.Runs;
using Microsoft.AspNetCore.DataProtection;

namespace FlagCloud.Web.Lab;

/// <summary>The flag lab: pages over a live connection, beside the API on the same port.</summary>
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
