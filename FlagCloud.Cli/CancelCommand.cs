namespace FlagCloud.Cli;

/// <summary><c>flagcloud cancel</c>: ends a comparison that is queued or running.</summary>
static class CancelCommand
{
    public static Command Create(CommonOptions common)
    {
        var id = ShowCommand.IdArgument();
        var command = new Command("cancel", "Cancel a comparison that is queued or running") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparison = await call.Client.GetAsync<Comparison>(call.Client.Address(parsed.GetValue(id)!), cancellationToken);
            if (comparison.Ended)
            {
                call.Result(comparison, console => console.Print($"{comparison.Id} has ended before: {Report.Status(comparison)}."));
                return ExitCode.Stored;
            }

            var display = new PlainProgress(call.Session.Error, verbose: false, call.Session.Time);
            await call.ReportAsync(await new ComparisonWatch(call.Client, comparison.Id, display.Show, call.Session.Patience).CancelAsync());
            return ExitCode.Stored;
        });
        return command;
    }
}
