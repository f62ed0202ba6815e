using System.CommandLine;
using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary><c>flagcloud list</c>: the newest comparisons.</summary>
static class ListCommand
{
    const int Newest = 20;

    public static Command Create(Session session)
    {
        var limit = Values.AtLeast(1, $"Only the newest N [default: {Newest}]", "--limit", "-l");
        var url = SiloUrl.Option();
        var command = new Command("list", "Show the newest comparisons") { limit, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new FlagCloudClient(SiloUrl.Resolve(parsed.GetValue(url), session.Variable), session.Patience);
            var newest = new Uri(client.Comparisons, $"?limit={parsed.GetValue(limit) ?? Newest}");
            var comparisons = await client.GetAsync<List<Comparison>>(newest, cancellationToken);
            if (comparisons.Count == 0) session.Out.Print("No comparison yet: 'flagcloud compare' runs one.");
            else session.Out.Write(ComparisonList.Of(comparisons, session.Out));
            return ExitCode.Stored;
        });
        return command;
    }
}
