namespace Aspire.Hosting.Running;

internal enum ResourceState
{
    NotStarted,

    /// <summary>For other resources, named in the reason.</summary>
    Waiting,
    Starting,
    Running,
    Healthy,
    Unhealthy,
    Stopping,

    /// <summary>A job ended with exit code 0.</summary>
    Finished,

    /// <summary>Ended in another way; the reason says how.</summary>
    Exited,

    /// <summary>Never became what its dependants need.</summary>
    FailedToStart,
}
