namespace FlagCloud.Dashboard.Resources;

/// <summary>That a resource needs another: it refers to it, waits for it, or both.</summary>
public sealed record ResourceReference(string Resource, string Kind);
