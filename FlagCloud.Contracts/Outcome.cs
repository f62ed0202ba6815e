namespace FlagCloud.Contracts;

/// <summary>How one download ended. Every requested flag ends in exactly one of these.</summary>
public enum Outcome
{
    /// <summary>Storage acknowledged the flag, and it is what the origin sent.</summary>
    Ok,

    /// <summary>The origin said that the stored flag is current (304); nothing was uploaded.</summary>
    NotModified,

    /// <summary>The origin has no such flag (404).</summary>
    NotFound,

    /// <summary>Anything else; <see cref="Download.Reason"/> says what.</summary>
    Error,

    /// <summary>The comparison was cancelled before the flag was stored.</summary>
    Cancelled,
}
