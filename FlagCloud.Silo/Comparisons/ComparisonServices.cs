using FlagCloud.Silo.Comparisons.Strategies;

namespace FlagCloud.Silo.Comparisons;

static class ComparisonServices
{
    public static IServiceCollection AddComparisons(this IServiceCollection services) => services
        .AddSingleton<IStrategy, Sequential>()
        .AddSingleton<IStrategy, Threaded>()
        .AddSingleton<IStrategy, AsyncFanOut>()
        .AddSingleton<ComparisonStore>()
        .AddSingleton<ComparisonReader>()
        .AddSingleton<EnvironmentReport>()
        .AddSingleton<SettingsReader>()
        .AddSingleton<ComparisonStarter>()
        .AddHostedService<Revival>();
}
