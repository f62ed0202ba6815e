using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Health;

/// <summary>One question put to a running resource again and again.</summary>
internal abstract class HealthCheck : IResourceAnnotation
{
    /// <summary>The resource is restarted when this check keeps failing after it had passed.</summary>
    public virtual bool RestartsResource => false;

    /// <summary>Null: healthy; otherwise what is wrong.</summary>
    public abstract Task<string?> CheckAsync(TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>The same question, put to another replica.</summary>
    public virtual HealthCheck For(IResourceWithEndpoints replica) => this;

    /// <summary>The process that is asked was replaced: nothing that was sent to the old one counts.</summary>
    public virtual void Reset() { }
}
