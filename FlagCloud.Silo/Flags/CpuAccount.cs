namespace FlagCloud.Silo.Flags;

/// <summary>What the CPU parts of one download cost, and whether they need the interpreter lock.</summary>
sealed class CpuAccount(bool locked)
{
    public bool Locked => locked;

    public double LockWaitSeconds { get; set; }

    /// <summary>The worker thread that did the CPU-bound work; null without such work.</summary>
    public string? WorkedOn { get; set; }
}
