using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Dashboard.Access;

/// <summary>Who may see the pages: whoever brings this start's token, and from then on the cookie that it was changed for.</summary>
internal sealed class BrowserAccess(DashboardOptions options)
{
    static readonly TimeSpan CookieAge = TimeSpan.FromDays(3);
    readonly byte[] _tokenHash = Hash(options.BrowserToken);
    readonly string _session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public bool AdmitsToken(string? token) => CryptographicOperations.FixedTimeEquals(Hash(token), _tokenHash);

    public bool AdmitsCookie(HttpContext http) =>
        CryptographicOperations.FixedTimeEquals(Hash(http.Request.Cookies[CookieName(http)]), Hash(_session));

    public void GiveCookie(HttpContext http) => http.Response.Cookies.Append(CookieName(http), _session, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        MaxAge = CookieAge,
        Path = "/",
    });

    // A browser sends a host's cookies to each of its ports, so two dashboards would take each other's.
    static string CookieName(HttpContext http) => $"flagcloud-dashboard-{http.Connection.LocalPort}";

    static byte[] Hash(string? secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""));
}
