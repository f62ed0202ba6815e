namespace FlagCloud.Dashboard.Telemetry;

/// <summary>Who sent telemetry: one set of resource attributes. Replicas share a name and differ in their instance.</summary>
public sealed record TelemetryResource(string Name, string Instance, Tag[] Attributes)
{
    public const string UnknownName = "unknown_service";

    /// <summary>Name, and where it says more, the beginning of the instance.</summary>
    public string Label => Instance.Length == 0 ? Name : $"{Name}-{Instance[..Math.Min(8, Instance.Length)]}";

    public bool Equals(TelemetryResource? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
