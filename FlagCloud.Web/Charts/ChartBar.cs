namespace FlagCloud.Components.Charts;

/// <summary>A bar with what is known of it. <see cref="Name"/> also chooses its colour.</summary>
/// <param name="Low">Lower end of its interval; null, as <paramref name="High"/>, where none is known.</param>
/// <param name="Ideal">A value that it is held against, drawn as a line across it; null for none.</param>
/// <param name="Label">Beside the bar, where the name alone does not tell it from others.</param>
public sealed record ChartBar(string Name, double Value, double? Low = null, double? High = null, double? Ideal = null, string? Label = null);
