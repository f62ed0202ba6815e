using Azure;
using Polly;
using Polly.Retry;

namespace FlagCloud.Silo.Storage;

/// <summary>Waits, beyond the client's own retries, for a storage that is being restarted: a record is worth it.</summary>
static class Patience
{
    public static ResiliencePipeline Of(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<RequestFailedException>(e => e.Status is 0 or 408 or 429 or >= 500).Handle<AggregateException>(),
        MaxRetryAttempts = 8,
        Delay = TimeSpan.FromSeconds(2),
    }).Build();
}
