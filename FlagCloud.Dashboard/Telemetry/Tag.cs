namespace FlagCloud.Dashboard.Telemetry;

/// <summary>
/// One attribute. The value is a string, bool, long, double, byte[], object?[] (an array), Tag[] (a map) or null.
/// </summary>
public readonly record struct Tag(string Key, object? Value)
{
    public string Text => TagText.Of(Value);
}
