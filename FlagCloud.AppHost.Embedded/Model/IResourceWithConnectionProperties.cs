namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose connection string is given in parts, too: REDIS_HOST, REDIS_PORT.</summary>
internal interface IResourceWithConnectionProperties : IResourceWithConnectionString
{
    IEnumerable<(string Name, object Value)> ConnectionProperties { get; }
}
