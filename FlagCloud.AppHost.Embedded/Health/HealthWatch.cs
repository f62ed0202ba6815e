using System.Diagnostics;

namespace Aspire.Hosting.Health;

/// <summary>Asks one process for its health: often while it starts, seldom once it is healthy.</summary>
internal sealed class HealthWatch(IReadOnlyList<HealthCheck> checks, HealthTimings timings)
{
    TimeSpan Interval(bool healthyOnce, string? problem) =>
        !healthyOnce ? timings.StartupInterval : problem is null ? timings.SteadyInterval : timings.RetryInterval;

    /// <summary>Returns null when cancelled. <paramref name="onHealth"/> gets what is wrong after each round, or null.</summary>
    public async Task<HealthVerdict?> RunAsync(Action<string?> onHealth, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (healthyOnce, failures) = (false, 0);
        try
        {
            while (checks.Count > 0)
            {
                var answers = await Task.WhenAll(checks.Select(async c => (Check: c, Problem: await c.CheckAsync(timings.ProbeTimeout, cancellationToken))));
                var failed = answers.Where(a => a.Problem is not null).OrderByDescending(a => a.Check.RestartsResource).FirstOrDefault();
                onHealth(failed.Problem);
                healthyOnce |= failed.Problem is null;
                failures = healthyOnce && answers.Any(a => a.Problem is not null && a.Check.RestartsResource) ? failures + 1 : 0;
                if (failures >= timings.FailuresBeforeRestart)
                    return new(failed.Problem!, failures, Restart: true);
                if (!healthyOnce && Stopwatch.GetElapsedTime(start) > timings.StartupTimeout)
                    return new(failed.Problem!, 0, Restart: false);
                await Task.Delay(Interval(healthyOnce, failed.Problem), cancellationToken);
            }
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
