using System.CommandLine;
using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary><c>flagcloud cancel</c>: ends a comparison that is queued or running.</summary>
static class CancelCommand
{
    public static Command Create(Session session)
    {
        var id = KnownComparison.Argument();
        var url = SiloUrl.Option();
        var command = new Command("cancel", "Cancel a comparison that is queued or running") { id, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new FlagCloudClient(SiloUrl.Resolve(parsed.GetValue(url), session.Variable), session.Patience, session.Variable(FlagCloudClient.KeyVariable));
            var location = client.Address(parsed.GetValue(id)!);
            var comparison = await client.GetAsync<Comparison>(location, cancellationToken);
            if (comparison.Ended)
            {
                session.Out.Print($"{comparison.Id} has ended before: {Report.Status(comparison)}.");
                return ExitCode.Stored;
            }

            var display = new PlainProgress(session.Out, verbose: false, session.Time);
            var ended = await new ComparisonWatch(client, location, display, session.Patience).CancelAsync();
            await new Outcomes(session, client).WriteAsync(ended, location, []);
            return ExitCode.Stored;
        });
        return command;
    }
}
