using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Deploy;

/// <summary>The token endpoint that Azure's platforms offer to their containers, as Azure.Identity speaks to it.</summary>
sealed class ManagedIdentity : IAsyncDisposable
{
    public const string ClientId = "00000000-0000-0000-0000-00000000c11e";

    const string Header = "the platform's own secret";

    readonly WebApplication app;
    int granted;

    ManagedIdentity(WebApplication app) => this.app = app;

    /// <summary>Tokens given out.</summary>
    public int Granted => granted;

    /// <summary>What the platform adds to a container's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["IDENTITY_ENDPOINT"] = $"{app.Urls.Single()}/token", ["IDENTITY_HEADER"] = Header };

    /// <param name="address">Where the containers find it: their side of this machine.</param>
    public static async Task<ManagedIdentity> Start(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://{address}:0");
        builder.Logging.ClearProviders();
        var identity = new ManagedIdentity(builder.Build());
        identity.app.MapGet("/token", identity.Grant);
        await identity.app.StartAsync(TestContext.Current.CancellationToken);
        return identity;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    IResult Grant(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != Header || request.Query["client_id"] != ClientId || !request.Query["resource"].ToString().StartsWith("https://storage.azure.com", StringComparison.Ordinal))
            return Results.BadRequest(new { statusCode = 400, message = "not the identity, or not the resource, that was configured" });
        Interlocked.Increment(ref granted);
        var expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        return Results.Json(new { access_token = Token(expires), expires_on = $"{expires}", resource = "https://storage.azure.com", token_type = "Bearer", client_id = ClientId });
    }

    // Azurite looks at its claims and not at its signature.
    static string Token(long expires)
    {
        var begins = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();
        return string.Join('.', Part(new { alg = "RS256", typ = "JWT" }), Part(new
        {
            aud = "https://storage.azure.com", iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000003/", iat = begins, nbf = begins, exp = expires, appid = ClientId,
        }), Convert.ToBase64String(Encoding.UTF8.GetBytes("unsigned")).TrimEnd('='));
        static string Part(object claims) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
