using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Origin.Profiles;

/// <summary>What is asked for of a country; each has its own luck.</summary>
public enum Subject
{
    Flag,
    Metadata,
}

/// <summary>What one request meets.</summary>
/// <param name="RetryAfterSeconds">What Retry-After says where the fault has that header.</param>
public readonly record struct Draw(TimeSpan Delay, Fault Fault, int RetryAfterSeconds);

/// <summary>
/// The luck of a request: a pure function of what is asked for, the seed, the country and the attempt, so that whoever asks for the same
/// under the same seed meets the same delay and the same fault, in whatever order and however concurrently.
/// </summary>
public static class Draws
{
    /// <param name="attempt">Counts from 1.</param>
    public static Draw Of(Profile profile, int seed, string country, int attempt, Subject subject = Subject.Flag)
    {
        if (profile is { MinDelay.Ticks: 0, MaxDelay.Ticks: 0, FaultProbability: 0 })
            return default;
        var delay = profile.StragglerProbability > 0 && Luck("straggler") < profile.StragglerProbability
            ? profile.StragglerDelay
            : profile.MinDelay + ((profile.MaxDelay - profile.MinDelay) * Luck("delay"));
        var fault = profile.FaultProbability > 0 && Luck("fault") < profile.FaultProbability ? profile.Fault : Fault.None;
        var retryAfter = fault == Fault.Unavailable && Luck("retry-after") >= 0.5 ? 1 : 0;
        return new(delay, fault, retryAfter);

        // Uniform in [0, 1), independent for each purpose.
        double Luck(string purpose)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{subject}|{purpose}|{seed}|{country}|{attempt}");
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
            const int Mantissa = 53;
            return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> (64 - Mantissa)) * (1.0 / (1L << Mantissa));
        }
    }
}
