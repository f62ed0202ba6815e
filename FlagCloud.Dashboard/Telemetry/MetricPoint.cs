namespace FlagCloud.Dashboard.Telemetry;

/// <summary>One recorded point. <see cref="Start"/> is when counting began; both times are nanoseconds since 1970.</summary>
public abstract record MetricPoint(long Start, long Time, Exemplar[] Exemplars)
{
    /// <summary>Says the same as another point of a later time; then only the ends of the plateau need be held.</summary>
    internal abstract bool SaysTheSameAs(MetricPoint other);
}
