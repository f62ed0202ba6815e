namespace FlagCloud.Components.Charts;

/// <summary>A line: a value for each step, none where there is nothing. <see cref="Dash"/> 0, 1 or 2 tells lines of one colour apart.</summary>
public sealed record ChartLine(string Name, int Colour, IReadOnlyList<double?> Values, int Dash = 0);
