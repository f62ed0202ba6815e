using Polly.Retry;

namespace FlagCloud.Silo;

/// <summary>Tries again, at equal intervals, what fails in a way that may pass.</summary>
static class Retries
{
    /// <param name="mayPass">Of a failure, and of how many tries there were before it.</param>
    public static ResiliencePipeline While(Func<Exception, int, bool> mayPass, TimeSpan interval, TimeProvider? time = null, int most = int.MaxValue) =>
        new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is { } e && mayPass(e, tried.AttemptNumber)),
            MaxRetryAttempts = most,
            Delay = interval,
        }).Build();
}
