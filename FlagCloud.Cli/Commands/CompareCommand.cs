using System.CommandLine;
using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary><c>flagcloud compare</c>: starts a comparison, shows it while it runs, reports it.</summary>
sealed class CompareCommand(Session session, FlagCloudClient client)
{
    public static Command Create(Session session)
    {
        var options = new CompareOptions();
        var files = new OutputFiles();
        var url = SiloUrl.Option();
        var command = new Command("compare", "Download flags in each style and compare them");
        options.AddTo(command);
        files.AddTo(command);
        command.Options.Add(url);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed);
            var outputs = files.Read(parsed);
            using var client = new FlagCloudClient(SiloUrl.Resolve(parsed.GetValue(url), session.Variable), session.Patience, session.Variable(FlagCloudClient.KeyVariable));
            return await new CompareCommand(session, client).RunAsync(request, options.IsVerbose(parsed), outputs, cancellationToken);
        });
        return command;
    }

    async Task<int> RunAsync(ComparisonRequest request, bool verbose, IReadOnlyList<OutputFile> outputs, CancellationToken cancellationToken)
    {
        var location = await StartAsync(request, cancellationToken);
        IProgressDisplay display = session.Live && !verbose ? new LiveProgress(session.Out) : new PlainProgress(session.Out, verbose, session.Time);
        var watch = new ComparisonWatch(client, location, display, session.Patience);
        var ended = await display.WhileAsync(async () =>
        {
            try
            {
                return await watch.UntilEndedAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                display.Cancelling();
                return await watch.CancelAsync();
            }
        });
        if (verbose) await PrintNotShownAsync(watch, ended);
        await new Outcomes(session, client).WriteAsync(ended, location, outputs);
        return Outcomes.AllStored(ended) && !cancellationToken.IsCancellationRequested ? ExitCode.Stored : ExitCode.NotStored;
    }

    async Task PrintNotShownAsync(ComparisonWatch watch, Comparison ended)
    {
        try
        {
            foreach (var download in await watch.NotShownAsync(ended))
                session.Out.Print($"{Sentences.Run(download.Strategy, download.Round)}: {Sentences.Download(download)}");
        }
        catch (SiloException e)
        {
            session.Out.Print($"The downloads that were not shown could not be read: {e.Message}");
        }
    }

    // A start that is under way is not torn off: the comparison might then run with nobody to cancel it.
    async Task<Uri> StartAsync(ComparisonRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource();
        await using var stop = cancellationToken.Register(() => limit.CancelAfter(session.Patience.StartWhenStopping));
        return await client.StartAsync(request, limit.Token);
    }
}
