using System.Runtime.InteropServices;
using FlagCloud.Cli;

// Ctrl+C, SIGTERM and a closed terminal: the first asks for an orderly end, a second ends the process at once.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
return await FlagCloudCli.RunAsync(args, Session.OfProcess(), stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
    // The progress bars have hidden the cursor, and nothing will show it again.
    if (!signal.Cancel && !Console.IsErrorRedirected) Console.Error.Write("\e[?25h");
}
