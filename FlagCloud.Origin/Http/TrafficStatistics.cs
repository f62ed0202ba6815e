namespace FlagCloud.Origin.Http;

/// <summary>The answer of /stats.</summary>
public sealed record TrafficStatistics(int InFlight, int PeakInFlight, long Requests);
