using System.CommandLine;
using FlagCloud.Cli.Commands;
using FlagCloud.Cli.Connection;

namespace FlagCloud.Cli;

/// <summary>The program: reads the arguments, runs the command, turns what went wrong into one line and an exit code.</summary>
static class FlagCloudCli
{
    const string WhatToDo = "say what to do: compare, list, show, cancel or ask (--help explains them).";

    public static async Task<int> RunAsync(string[] args, Session session, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Downloads the flags of the world in several styles, through a FlagCloud silo, and compares them.")
        {
            CompareCommand.Create(session),
            ListCommand.Create(session),
            ShowCommand.Create(session),
            CancelCommand.Create(session),
            AskCommand.Create(session),
        };
        root.SetAction(NoCommand);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration
        {
            Output = session.Out.Profile.Out.Writer,
            Error = session.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // StopSignals has the signals: a comparison must be cancelled at the silo first.
        };
        try
        {
            if (parsed.Errors is [var first, ..]) throw new UsageException(parsed.CommandResult.Command == root ? WhatToDo : first.Message);
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (UsageException e)
        {
            return Complain(session, e.Message, ExitCode.Usage);
        }
        catch (SiloException e)
        {
            return Complain(session, e.Message, ExitCode.NotStored);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Complain(session, "interrupted.", ExitCode.NotStored);
        }
    }

    static int NoCommand(ParseResult parsed) => throw new UsageException(WhatToDo);

    static int Complain(Session session, string message, int exitCode)
    {
        session.Error.WriteLine($"flagcloud: {Display.Text.OneLine(message)}");
        return exitCode;
    }
}
