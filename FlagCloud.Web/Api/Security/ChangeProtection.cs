using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Silo.Api.Security;

/// <summary>Refuses changes that another web site had a browser ask for, and changes to the API without its key.</summary>
static class ChangeProtection
{
    public static IServiceCollection AddChangeProtection(this IServiceCollection services) => services.AddSingleton<ApiKey>();

    /// <summary>Belongs after forwarded headers (they say which origin is ours) and before everything that changes anything.</summary>
    public static IApplicationBuilder UseChangeProtection(this WebApplication app)
    {
        var key = app.Services.GetRequiredService<ApiKey>(); // A key that cannot be used fails the start, not the first request.
        return app.Use((context, next) => Refusal(context.Request, key) is { } refusal ? refusal.ExecuteAsync(context) : next(context));
    }

    static IResult? Refusal(HttpRequest request, ApiKey key)
    {
        if (IsRead(request)) return null;
        if (CrossOrigin.IsForeign(request)) return Problems.CrossOrigin(request.Headers.Origin.ToString());
        // Pages that the silo serves itself change things over a connection of their own and ask for the key there.
        if (!request.Path.StartsWithSegments("/api")) return null;
        if (!key.ChangesAllowed) return Problems.ChangesOff();
        if (key.Allows(Bearer(request))) return null;
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"FlagCloud\"";
        return Problems.KeyNeeded();
    }

    // A WebSocket begins with a GET, and a browser opens one to any site without asking that site first.
    static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && !request.Headers.ContainsKey(HeaderNames.SecWebSocketKey);

    static string? Bearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
