using Aspire.Hosting.Health;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis;

internal sealed class RedisPingCheck(RedisResource redis) : HealthCheck
{
    ConnectionMultiplexer? connection;

    public override async Task<string?> CheckAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            connection ??= await ConnectAsync(timeout, cancellationToken);
            await connection.GetDatabase().PingAsync().WaitAsync(timeout, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return $"Redis on port {redis.PrimaryEndpoint.Port} does not answer a PING ({e.GetType().Name})";
        }
    }

    async Task<ConnectionMultiplexer> ConnectAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse((await redis.ConnectionStringExpression.GetValueAsync(cancellationToken))!);
        options.ConnectTimeout = (int)timeout.TotalMilliseconds;
        options.ConnectRetry = 0;
        return await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
    }
}
