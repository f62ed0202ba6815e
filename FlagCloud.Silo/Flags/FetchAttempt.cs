using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>One request to the origin.</summary>
/// <param name="Transient">Whether another request may end better.</param>
/// <param name="RetryAfter">How long the origin asks to wait before it; null if it does not.</param>
sealed record FetchAttempt(Outcome Outcome, string? Reason = null, FetchedFlag? Flag = null, bool Transient = false, TimeSpan? RetryAfter = null)
{
    public static FetchAttempt Failed(string reason) => new(Outcome.Error, reason);

    public static FetchAttempt MayPass(string reason, TimeSpan? retryAfter = null) => new(Outcome.Error, reason, null, true, retryAfter);
}
