using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Web.Access;

/// <summary>Who may do what, before anything is done.</summary>
static class AccessServices
{
    // An open page holds its state here, some 100 KB, for as long as somebody leaves it open.
    const int MaxOpenPages = 500;

    static readonly PathString LivePath = "/_blazor";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<ApiKey>().AddScoped<Visitor>().AddScoped<Changes>();
        services.Configure<HostFilteringOptions>(hosts => (hosts.AllowEmptyHosts, hosts.IncludeFailureMessage) = (false, false));
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http => http.Request.Headers.ContainsKey(HeaderNames.SecWebSocketKey) && http.Request.Path.StartsWithSegments(LivePath)
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
            app.UseSecurityHeaders().UseStatusCodePages();
            app.Use((http, rest) => NamesAHost(http.Request) ? rest(http) : Problems.NoHost().ExecuteAsync(http));
            next(app);
        };

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
}
