using System.Runtime.InteropServices;

namespace FlagCloud.Cli;

/// <summary>Ctrl+C, SIGTERM and a closed terminal: the first asks for an orderly end, a second ends the process at once.</summary>
sealed class StopSignals : IDisposable
{
    const string ShowCursor = "\e[?25h";

    readonly CancellationTokenSource source = new();
    readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested)
        {
            // The progress bars have hidden the cursor, and nothing will show it again.
            if (!Console.IsOutputRedirected) Console.Write(ShowCursor);
            return;
        }

        context.Cancel = true;
        source.Cancel();
    }
}
