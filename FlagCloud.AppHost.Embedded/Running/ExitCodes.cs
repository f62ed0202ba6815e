namespace Aspire.Hosting.Running;

internal static class ExitCodes
{
    /// <summary>Unix: a process that a signal ended has 128 + the signal's number.</summary>
    public static string Describe(int exitCode) => exitCode switch
    {
        129 => "exit code 129 (SIGHUP)",
        130 => "exit code 130 (SIGINT)",
        134 => "exit code 134 (SIGABRT: .NET's answer to an unhandled exception)",
        137 => "exit code 137 (SIGKILL: killed, by hand or for want of memory)",
        139 => "exit code 139 (SIGSEGV)",
        143 => "exit code 143 (SIGTERM)",
        _ => $"exit code {exitCode}",
    };
}
