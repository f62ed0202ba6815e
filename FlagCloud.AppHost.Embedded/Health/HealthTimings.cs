using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Health;

/// <summary>How often and how patiently resources are asked for their health.</summary>
internal sealed record HealthTimings
{
    /// <summary>A resource that was never healthy for so long after its start counts as failed.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan StartupInterval { get; init; } = TimeSpan.FromMilliseconds(75);

    public TimeSpan SteadyInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between questions to a resource that was healthy and is not now.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>So many failures in a row of a check that restarts its resource restart it.</summary>
    public int FailuresBeforeRestart { get; init; } = 3;

    public static HealthTimings From(IConfiguration configuration)
    {
        if (configuration["StartupTimeout"] is not { } text)
            return new();
        return int.TryParse(text, out var seconds) && seconds > 0 ? new() { StartupTimeout = TimeSpan.FromSeconds(seconds) }
            : throw new UsageException($"StartupTimeout is '{text}'. Give a number of seconds above 0.");
    }
}
