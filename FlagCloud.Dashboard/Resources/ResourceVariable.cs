namespace FlagCloud.Dashboard.Resources;

/// <summary>A variable of the resource's environment; a secret one is masked until it is asked for.</summary>
public sealed record ResourceVariable(string Name, string Value, bool IsSecret);
