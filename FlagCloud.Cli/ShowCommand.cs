namespace FlagCloud.Cli;

/// <summary><c>flagcloud show</c>: the report of a comparison that was run before.</summary>
static class ShowCommand
{
    public static Command Create(CommonOptions common)
    {
        var id = IdArgument();
        var command = new Command("show", "Show one comparison, or the answer to a question, as it stands") { id };
        var files = new OutputFiles(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparison = await call.Client.GetAsync<Comparison>(call.Client.Address(parsed.GetValue(id)!), cancellationToken);
            call.Print(console => Report.Opening(console, comparison));
            await call.ReportAsync(comparison);
            await files.WriteAsync(parsed, call, comparison.Id);
            return ExitCode.Stored;
        });
        return command;
    }

    public static Argument<string> IdArgument()
    {
        var argument = new Argument<string>("ID") { Description = "The comparison's id, as 'flagcloud list' shows it" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ComparisonId.IsWellFormed(token.Value))
                result.AddError($"'{token.Value}' is no comparison's id; they are like 20261123-091842-137-5f0c, and 'flagcloud list' shows them.");
        });
        return argument;
    }
}
