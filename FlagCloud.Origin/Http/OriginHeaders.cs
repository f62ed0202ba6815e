namespace FlagCloud.Origin.Http;

/// <summary>Headers of the origin's own; the rest are standard.</summary>
public static class OriginHeaders
{
    /// <summary>Request: whose luck; a whole number, 1 by default.</summary>
    public const string Seed = "X-FlagCloud-Seed";

    /// <summary>Request: which attempt at the same download this is; a whole number from 1, 1 by default.</summary>
    public const string Attempt = "X-FlagCloud-Attempt";

    /// <summary>Response: how many requests were in flight when this one arrived, itself included.</summary>
    public const string InFlight = "X-FlagCloud-In-Flight";
}
