namespace FlagCloud.Origin.Profiles;

/// <summary>What one request meets.</summary>
/// <param name="RetryAfterSeconds">What Retry-After says where the fault has that header.</param>
public readonly record struct Draw(TimeSpan Delay, Fault Fault, int RetryAfterSeconds);
