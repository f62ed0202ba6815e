using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Components;

/// <summary>
/// The style, the scripts and the icon of every page, from inside this assembly: no content delivery network, and no difference between
/// a web project, an AppHost and a test as the host.
/// </summary>
public static class SiteAssets
{
    const string Prefix = "assets/";

    static readonly FrozenDictionary<string, byte[]> Files = typeof(SiteAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static IEndpointConventionBuilder MapSiteAssets(this IEndpointRouteBuilder routes)
    {
        var types = new FileExtensionContentTypeProvider();
        return routes.MapGet("/assets/{name}", (string name, HttpContext http) =>
        {
            if (!Files.TryGetValue(name, out var bytes)) return Results.NotFound();
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(bytes, types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
                entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
        });
    }

    /// <summary>A style or script, for a page that carries it inside.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Files[name]);

    static byte[] Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
