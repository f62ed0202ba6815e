using System.CommandLine;
using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary><c>flagcloud show</c>: the report of a comparison that was run before.</summary>
static class ShowCommand
{
    public static Command Create(Session session)
    {
        var id = KnownComparison.Argument();
        var files = new OutputFiles();
        var url = SiloUrl.Option();
        var command = new Command("show", "Show one comparison as it stands") { id };
        files.AddTo(command);
        command.Options.Add(url);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var outputs = files.Read(parsed);
            using var client = new FlagCloudClient(SiloUrl.Resolve(parsed.GetValue(url), session.Variable), session.Patience);
            var location = client.Address(parsed.GetValue(id)!);
            var comparison = await client.GetAsync<Comparison>(location, cancellationToken);
            Opening.Write(session.Out, comparison);
            await new Outcomes(session, client).WriteAsync(comparison, location, outputs);
            return ExitCode.Stored;
        });
        return command;
    }
}
