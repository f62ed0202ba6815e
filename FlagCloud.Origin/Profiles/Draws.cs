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

/// <summary>What goes wrong with a response, once its delay is over.</summary>
public enum Fault
{
    None,
    Teapot, // 418, whatever the path says.
    Unavailable, // 503 with Retry-After: 0 or 1 second.
    Reset, // The connection is aborted before the headers.
    Truncated, // The connection is aborted after half of the body.
    Corrupted, // One bit of the body differs from what Repr-Digest and ETag say.
    WrongType, // An HTML page with status 200.
    Stalled, // Half of the body, then nothing until the client goes away, 60 seconds at most.
    Oversized, // The body goes on to 64 MiB, and Content-Length says so.
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
        var delay = profile.StragglerProbability > 0 && Luck("straggler") < profile.StragglerProbability
            ? profile.StragglerDelay
            : profile.MinDelay + ((profile.MaxDelay - profile.MinDelay) * Luck("delay"));
        var fault = profile.FaultProbability > 0 && Luck("fault") < profile.FaultProbability ? profile.Fault : Fault.None;
        var retryAfter = fault == Fault.Unavailable && Luck("retry-after") >= 0.5 ? 1 : 0;
        return new(delay, fault, retryAfter);

        // Uniform in [0, 1), independent for each purpose.
        double Luck(string purpose)
        {
            const int Mantissa = 53;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}|{purpose}|{seed}|{country}|{attempt}"));
            return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> (64 - Mantissa)) * (1.0 / (1L << Mantissa));
        }
    }
}
