using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting;

public static class RedisExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null)
    {
        var redis = builder.AddResource(new RedisResource(name)).WithEndpoint("tcp", RedisResource.EndpointName, port);
        return redis.With(new RedisPingCheck(redis.Resource));
    }
}
