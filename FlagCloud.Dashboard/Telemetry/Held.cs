namespace FlagCloud.Dashboard.Telemetry;

/// <summary>How much of one signal is held, and how much had to go to stay within the limits.</summary>
public readonly record struct Held(long Count, long Evicted, int Limit);
