namespace FlagCloud.Cli;

static class ExitCode
{
    /// <summary>Everything that was asked for was stored.</summary>
    public const int Stored = 0;

    /// <summary>Something was not, or the silo could not be asked.</summary>
    public const int NotStored = 1;

    /// <summary>The request itself was wrong; nothing was started.</summary>
    public const int Usage = 2;
}
