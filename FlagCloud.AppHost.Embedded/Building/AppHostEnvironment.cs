using Aspire.Hosting.Environments;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>What the AppHost itself runs in, as far as children see it.</summary>
internal sealed class AppHostEnvironment
{
    public required bool IsDevelopment { get; init; }

    /// <summary>Where children send telemetry; null: nowhere.</summary>
    public OtlpTarget? Otlp { get; set; }

    public static AppHostEnvironment From(IConfiguration configuration) => new()
    {
        // An AppHost that was started without its launch profile is still on somebody's desk.
        IsDevelopment = (configuration["environment"] ?? configuration["DOTNET_ENVIRONMENT"] ?? configuration["ASPNETCORE_ENVIRONMENT"] ?? "Development")
            .Equals("Development", StringComparison.OrdinalIgnoreCase),
    };
}
