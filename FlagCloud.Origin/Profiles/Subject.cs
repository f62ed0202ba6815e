namespace FlagCloud.Origin.Profiles;

/// <summary>What is asked for of a country; each has its own luck.</summary>
public enum Subject
{
    Flag,
    Metadata,
}
