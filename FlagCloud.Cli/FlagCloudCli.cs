using System.CommandLine.Invocation;

namespace FlagCloud.Cli;

static class ExitCode
{
    public const int Stored = 0; // Everything was stored, every claim holds; of the other commands, what was asked for was done.
    public const int NotStored = 1; // Something was not, a claim does not hold, or telemetry says otherwise.
    public const int Usage = 2; // The request itself was wrong; nothing was started.
    public const int Unreachable = 3; // No server answers, or it cannot do what it is asked for now: later it may.
    public const int Interrupted = 130; // As a shell has it for Ctrl+C; what ran was cancelled at the server and reported.

    public static int Of(bool good, CancellationToken stop) => stop.IsCancellationRequested ? Interrupted : good ? Stored : NotStored;
}

/// <summary>The program: reads the arguments, runs the command, turns what went wrong into one line and an exit code.</summary>
static class FlagCloudCli
{
    public static async Task<int> RunAsync(string[] args, Session session, CancellationToken cancellationToken)
    {
        var parsed = Root(session).Parse(args);
        var wrong = parsed.Action as ParseErrorAction;
        wrong?.ShowHelp = args is [];
        var invocation = new InvocationConfiguration
        {
            Output = (wrong is null ? session.Out : session.Error).Profile.Out.Writer,
            Error = session.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Program.cs has the signals: a comparison must be cancelled at the server first.
        };
        try
        {
            var exit = await parsed.InvokeAsync(invocation, cancellationToken);
            return wrong is null ? exit : ExitCode.Usage;
        }
        catch (Exception e) when (e is UsageException or ServerException or IOException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            session.Error.Print($"flagcloud: {(e is OperationCanceledException ? "interrupted." : e.Message)}");
            return e switch
            {
                UsageException => ExitCode.Usage,
                ServerException => ExitCode.Unreachable,
                IOException => ExitCode.NotStored,
                _ => ExitCode.Interrupted,
            };
        }
    }

    public static RootCommand Root(Session session)
    {
        var common = new CommonOptions(session);
        var root = new RootCommand("Downloads the flags of the world in several styles, and compares them: the client of FlagCloud's HTTP API.")
        {
            CompareCommand.Create(common),
            SweepCommand.Create(common),
            AskCommand.Create(common),
            KnownComparisons.List(common),
            KnownComparisons.Show(common),
            DiffCommand.Create(common),
            KnownComparisons.Cancel(common),
        };
        foreach (var option in common.All) root.Options.Add(option);
        return root;
    }
}

/// <summary>The user asked for something that cannot be had; the message says what, and what is allowed.</summary>
sealed class UsageException(string message) : Exception(message);
