namespace FlagCloud.Silo.Flags;

static class FlagServices
{
    public static IServiceCollection AddFlags(this IServiceCollection services)
    {
        services.AddOptions<FlagOptions>().BindConfiguration("Flags").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FlagSource>().AddSingleton<FlagStore>().AddSingleton<FlagImages>().AddSingleton<FlagWork>().AddSingleton<InterpreterLock>().AddSingleton<CpuWorkers>().AddSingleton<CpuParts>().AddSingleton<Profiles>();
        // One connection pool for the life of the process, and no retries but the ones that are counted in the record.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; the standard handler of the service defaults would retry unseen.
        services.AddHttpClient(FlagSource.HttpClient, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("FlagCloud/0.1"))
            .RemoveAllResilienceHandlers()
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning restore EXTEXP0001
        return services;
    }

    // A foreign origin was checked against the allow-list; it must not send us elsewhere.
    public static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
}
