using System.Security.Cryptography;

namespace Aspire.Hosting.Orleans;

/// <summary>An Orleans cluster: what its silos must agree on.</summary>
public sealed class OrleansService(IDistributedApplicationBuilder builder, string name)
{
    public string Name { get; } = name;

    public IDistributedApplicationBuilder Builder { get; } = builder;

    public bool? EnableDistributedTracing { get; set; }

    internal string ClusterId { get; } = NewId();

    internal string ServiceId { get; } = NewId();

    internal OrleansProvider? Clustering { get; set; }

    internal OrleansProvider? Reminders { get; set; }

    static string NewId() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 25);
}
