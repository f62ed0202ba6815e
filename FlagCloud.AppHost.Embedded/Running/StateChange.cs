namespace Aspire.Hosting.Running;

internal sealed record StateChange(ResourceState State, DateTimeOffset At, string? Reason);
