namespace FlagCloud.Cli;

static class CompareCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("compare", "Download flags in each style and compare them");
        var options = new SettingsOptions(command);
        var verbose = new Option<bool>("--verbose", "-v") { Description = "A line for every download instead of progress bars" };
        command.Options.Add(verbose);
        var files = new OutputFiles(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Read(parsed, common.Session);
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var started = await call.Client.StartAsync(settings, cancellationToken);
            Report.Opening(call.Out, started);
            var ended = await call.FollowAsync(started, parsed.GetValue(verbose), cancellationToken);
            await call.ReportAsync(ended);
            await files.WriteAsync(parsed, call, ended.Id);
            return ExitCode.Of(AllStored(ended), cancellationToken);
        });
        return command;
    }

    public static bool AllStored(Comparison comparison) =>
        comparison is { Status: ComparisonStatus.Completed, Runs.Count: > 0 } && comparison.Runs.All(run => run.Good == run.Requested);
}
