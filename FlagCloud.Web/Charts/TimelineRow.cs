namespace FlagCloud.Components.Charts;

/// <summary>A row of a timeline: consecutive segments from <see cref="Start"/> on, seconds.</summary>
/// <param name="Ends">Where each segment ends; the row ends with the last one that was reached.</param>
/// <param name="Tip">Its figures, shown on hover and focus.</param>
/// <param name="IsBad">Whether it did not end well.</param>
public sealed record TimelineRow(string Name, double Start, IReadOnlyList<double> Ends, string Tip, string? Link, bool IsBad);
