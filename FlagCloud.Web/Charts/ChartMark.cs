namespace FlagCloud.Components.Charts;

/// <summary>A point of its own on a chart that leads somewhere. <see cref="At"/> is its place in time, 0 to 1.</summary>
public sealed record ChartMark(double At, double Value, int Colour, string Title, string Link);
