using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>Ctrl+C, a request to end, a closed terminal: the first one stops the app in order, a second one at once.</summary>
internal sealed class StopSignals : IDisposable
{
    readonly TaskCompletionSource<int> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly PosixSignalRegistration[] registrations;

    public StopSignals(CancellationToken cancellationToken)
    {
        registrations =
        [
            Register(PosixSignal.SIGINT, 130), Register(PosixSignal.SIGTERM, 143), Register(PosixSignal.SIGHUP, 129), Register(PosixSignal.SIGQUIT, 131),
        ];
        cancellationToken.Register(() => first.TrySetResult(0));
    }

    /// <summary>Ends with the exit code that a program ended by this signal has by convention.</summary>
    public Task<int> First => first.Task;

    public Task Second => second.Task;

    public void Dispose() => Array.ForEach(registrations, r => r.Dispose());

    PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        // A terminal that closes sends SIGHUP, and its shell often one more: that is no impatient user.
        if (!first.TrySetResult(exitCode) && signal is PosixSignal.SIGINT)
            second.TrySetResult();
    });
}
