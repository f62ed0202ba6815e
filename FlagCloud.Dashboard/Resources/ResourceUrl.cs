namespace FlagCloud.Dashboard.Resources;

public sealed record ResourceUrl(string Text, string Url);
