namespace FlagCloud.Dashboard.Resources;

/// <summary>A line that a resource wrote, with its colour codes. Numbers grow, and are unique over all resources.</summary>
public sealed record ConsoleLine(long Number, string Resource, DateTimeOffset Time, string Text, bool IsError);
