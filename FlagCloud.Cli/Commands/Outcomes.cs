using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary>The report and the files of a comparison that has ended.</summary>
sealed class Outcomes(Session session, FlagCloudClient client)
{
    public static bool AllStored(Comparison comparison) => comparison is { Status: ComparisonStatus.Completed, Runs.Count: > 0 }
        && comparison.Runs.All(run => run.Ok + run.NotModified == run.Requested);

    // Not to be cancelled: whoever interrupts a comparison still wants its report, and each request has its own limit.
    public async Task WriteAsync(Comparison ended, Uri location, IReadOnlyList<OutputFile> outputs)
    {
        Report.Write(session.Out, ended, location, await ReasonsAsync(ended, location));
        foreach (var output in outputs)
        {
            await output.WriteAsync(client, location);
            session.Out.Print($"{output.Kind,-8}  {output.Path}");
        }
    }

    async Task<IReadOnlyList<string>> ReasonsAsync(Comparison ended, Uri location)
    {
        if (ended.Runs.Sum(run => run.Errors) == 0) return [];
        try
        {
            return FailureReasons.Of(await client.GetAsync<List<Download>>(new(location.AbsoluteUri + "/downloads"), CancellationToken.None));
        }
        catch (SiloException e)
        {
            return [$"the reasons could not be read: {e.Message}"];
        }
    }
}
