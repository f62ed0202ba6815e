using System.Runtime.InteropServices;

namespace FlagCloud.Cli;

/// <summary>Ctrl+C, SIGTERM and a closed terminal: the first asks for an orderly end, a second ends the process at once.</summary>
sealed class StopSignals : IDisposable
{
    const string ShowCursor = "\e[?25h";

    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] registrations;

    public StopSignals() =>
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    void Handle(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
        // The progress bars have hidden the cursor, and nothing will show it again.
        if (!context.Cancel && !Console.IsErrorRedirected) Console.Error.Write(ShowCursor);
    }
}
