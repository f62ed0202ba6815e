using FlagCloud.Components;
using FlagCloud.Silo.Components.Access;
using FlagCloud.Silo.Components.Gallery;
using FlagCloud.Silo.Components.Runs;
using FlagCloud.Silo.Watching;
using Microsoft.AspNetCore.DataProtection;

namespace FlagCloud.Silo.Components;

/// <summary>The silo's pages, beside its API on the same port.</summary>
static class LabServices
{
    public static IServiceCollection AddLab(this IServiceCollection services)
    {
        services.AddSingleton<Watches>().AddSingleton<LabLinks>().AddSingleton<FlagRefresh>().AddScoped<Visitor>();
        // Nothing that is protected outlives the process, so its keys need no place on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DisconnectedCircuitMaxRetained = 20;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30); // A reload finds the state in the grain, not here.
        });
        return services;
    }

    public static WebApplication MapLab(this WebApplication app)
    {
        app.Services.GetRequiredService<LabLinks>(); // An address that cannot be used fails the start, not the first page.
        app.UseMiddleware<PageHeaders>();
        app.UseAntiforgery();
        app.MapSiteAssets().ExcludeFromDescription();
        app.MapRunFiles();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(render => render.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }
}
