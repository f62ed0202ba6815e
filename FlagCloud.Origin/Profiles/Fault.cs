namespace FlagCloud.Origin.Profiles;

/// <summary>What goes wrong with a response, once its delay is over.</summary>
public enum Fault
{
    None,

    /// <summary>418, whatever the path says.</summary>
    Teapot,

    /// <summary>503 with Retry-After: 0 or 1 second.</summary>
    Unavailable,

    /// <summary>The connection is aborted before the headers.</summary>
    Reset,

    /// <summary>The connection is aborted after half of the body.</summary>
    Truncated,

    /// <summary>One bit of the body differs from what Repr-Digest and ETag say.</summary>
    Corrupted,

    /// <summary>An HTML page with status 200.</summary>
    WrongType,

    /// <summary>Half of the body, then nothing until the client goes away, 60 seconds at most.</summary>
    Stalled,

    /// <summary>The body goes on to 64 MiB, and Content-Length says so.</summary>
    Oversized,
}
