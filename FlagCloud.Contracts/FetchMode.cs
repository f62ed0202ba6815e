namespace FlagCloud.Contracts;

/// <summary>Whether a flag that is stored already is fetched again.</summary>
public enum FetchMode
{
    /// <summary>Fetch and store every flag.</summary>
    Force,

    /// <summary>Ask the origin with the stored flag's ETag; a 304 leaves the stored flag as it is.</summary>
    Refresh,
}
