using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Web.Access;

/// <summary>Who may do what, before anything is done; and on every answer, what browsers may do with it.</summary>
static class AccessServices
{
    // An open page holds its state here, some 100 KB, for as long as somebody leaves it open.
    const int MaxOpenPages = 500;

    // Our pages run and style themselves with our own files, and nothing else. Style attributes are allowed, and only they: charts place their parts in them.
    const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    // Pages of others, which bring scripts and styles of their own.
    static readonly PathString[] Foreign = ["/orleans", "/scalar"];

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<ApiKey>().AddScoped<Visitor>().AddScoped<Changes>();
        services.Configure<HostFilteringOptions>(hosts => (hosts.AllowEmptyHosts, hosts.IncludeFailureMessage) = (false, false));
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http =>
                http.Request.Headers.ContainsKey(HeaderNames.SecWebSocketKey) && http.Request.Path.StartsWithSegments("/_blazor")
                    ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = MaxOpenPages })
                    : RateLimitPartition.GetNoLimiter(false));
        });
        // Outside of everything, host filtering included, which comes before what an application builds by itself.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new Outermost()));
        return services;
    }

    sealed class Outermost : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                // When the answer begins, since whoever reports a failure clears the headers first.
                http.Response.OnStarting(() => Secure(http));
                return rest(http);
            });
            app.UseStatusCodePages();
            app.Use((http, rest) => NamesAHost(http.Request) ? rest(http) : Problems.NoHost().ExecuteAsync(http));
            next(app);
        };
    }

    static Task Secure(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (Array.Exists(Foreign, prefix => http.Request.Path.StartsWithSegments(prefix))) return Task.CompletedTask;
        // An endpoint may set a stricter policy, as stored flags do. Blazor adds one to its pages, which only says who may frame them.
        if (!headers.ContainsKey(HeaderNames.ContentSecurityPolicy) || http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true)
            headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    static bool NamesAHost(HttpRequest request)
    {
        try
        {
            return Uri.CheckHostName(request.Host.Host) is not UriHostNameType.Unknown && request.Host.Port is null or <= ushort.MaxValue;
        }
        catch (ArgumentException)
        {
            return false; // Punycode that is none.
        }
    }
}
