using System.CommandLine;

namespace FlagCloud.Cli.Commands;

/// <summary>The options --json and --csv.</summary>
sealed class OutputFiles
{
    readonly Option<string?> json = new("--json") { Description = "Write the comparison's record to FILE, as the API returns it", HelpName = "FILE" };
    readonly Option<string?> csv = new("--csv") { Description = "Write every download to FILE, as CSV", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(json);
        command.Options.Add(csv);
    }

    public IReadOnlyList<OutputFile> Read(ParseResult parsed)
    {
        var files = new List<OutputFile>();
        if (parsed.GetValue(json) is { } record) files.Add(OutputFile.Json(record));
        if (parsed.GetValue(csv) is { } downloads) files.Add(OutputFile.Csv(downloads));
        return files is [var one, var other] && one.Path == other.Path
            ? throw new UsageException($"--json and --csv are to be written to two files, not both to '{one.Path}'.")
            : files;
    }
}
