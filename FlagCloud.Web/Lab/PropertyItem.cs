namespace FlagCloud.Components;

/// <summary>A line of a <see cref="PropertyTable"/>. A secret value is not sent to the browser before it is asked for.</summary>
public sealed record PropertyItem(string Name, string Value)
{
    public bool IsSecret { get; init; }
    public bool IsCode { get; init; }
    public string? Link { get; init; }
}
