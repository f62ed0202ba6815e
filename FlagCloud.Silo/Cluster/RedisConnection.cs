using StackExchange.Redis;

namespace FlagCloud.Silo.Cluster;

/// <summary>
/// The Redis connections that Orleans' configuration names: a provider block <c>{ ProviderType: Redis, ServiceKey: redis }</c> is served by
/// <c>ConnectionStrings:redis</c>, as an AppHost supplies both.
/// </summary>
static class RedisConnection
{
    public static IServiceCollection AddRedisConnections(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var (section, name) in Named(configuration).DistinctBy(block => block.Name))
        {
            if (configuration.GetConnectionString(name) is not { } connection || string.IsNullOrWhiteSpace(connection))
                throw new InvalidOperationException(
                    $"Configuration {section} asks for Redis, and the connection '{name}' is not configured. Set ConnectionStrings__{name} to the address of "
                    + $"a Redis server, such as 127.0.0.1:6379, or set {section}:ProviderType to Development for a cluster of one silo.");
            var options = Options(name, connection);
            services.AddKeyedSingleton<IConnectionMultiplexer>(name, (_, _) => ConnectionMultiplexer.Connect(options));
        }
        return services;
    }

    // Clustering, Reminders, and the named blocks under GrainStorage and GrainDirectory.
    static IEnumerable<(string Section, string Name)> Named(IConfiguration configuration) =>
        from section in Descendants(configuration.GetSection("Orleans"))
        where "Redis".Equals(section["ProviderType"], StringComparison.OrdinalIgnoreCase)
            && section["ConnectionString"] is null && section["ConnectionName"] is null
        select (section.Path, section["ServiceKey"] is { Length: > 0 } key ? key : Missing(section.Path));

    static IEnumerable<IConfigurationSection> Descendants(IConfigurationSection section) =>
        section.GetChildren().SelectMany(child => Descendants(child).Prepend(child));

    static string Missing(string section) => throw new InvalidOperationException(
        $"Configuration {section} asks for Redis and does not say which. Set {section}:ServiceKey to redis and ConnectionStrings__redis to the server's address.");

    static ConfigurationOptions Options(string name, string connection)
    {
        try
        {
            var options = ConfigurationOptions.Parse(connection);
            if (options.EndPoints.Count is 0) throw new ArgumentException("it names no server");
            // A Redis that is restarted, or that starts after the silo, is connected to when it comes.
            options.AbortOnConnectFail = false;
            return options;
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException(
                $"The connection '{name}' is not a Redis address: {e.Message} Give host:port, and where needed ,password=…,ssl=true.", e);
        }
    }
}
