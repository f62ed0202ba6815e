using System.Text.Json.Nodes;

namespace FlagCloud.Cli;

static class DiffCommand
{
    const int LongestValue = 60;

    public static Command Create(CommonOptions common)
    {
        const string Named = ": an id, a file with a record (--json), or the http address of a record";
        var a = new Argument<string>("A") { Description = $"What is held against{Named}" };
        var b = new Argument<string>("B") { Description = $"What is held{Named}" };
        var threshold = SettingsOptions.Number(
            "--threshold", [], "End with 1 if B takes longer than A by more than this share and a difference is shown, or if that cannot be told",
            new(0.0, 100.0, "a share of A's time, such as 0.1,"));
        var command = new Command("diff", "Hold two comparisons against each other") { a, b, threshold };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var first = await ReadAsync(call, parsed.GetValue(a)!, cancellationToken);
            var second = await ReadAsync(call, parsed.GetValue(b)!, cancellationToken);
            var difference = Difference.Of(first, second);
            if (difference.Trials is []) throw new UsageException($"{first.Id} and {second.Id} have no measured trial in common: {Names(first)}; {Names(second)}.");
            call.Result(difference);
            Write(call.Out, first, second, difference);
            return parsed.GetValue(threshold) is { } share && difference.Exceeds(double.Parse(share, CultureInfo.InvariantCulture)) ? ExitCode.NotStored : ExitCode.Stored;
        });
        return command;
    }

    static string Names(Comparison comparison) => string.Join(", ", comparison.AllTrials().Select(trial => trial.Name));

    static async Task<Comparison> ReadAsync(Call call, string given, CancellationToken cancellationToken)
    {
        if (File.Exists(given))
        {
            try
            {
                await using var file = File.OpenRead(given);
                return await JsonSerializer.DeserializeAsync<Comparison>(file, FlagCloudJson.Options, cancellationToken) ?? throw new JsonException("null");
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{given} cannot be read as the record of a comparison, as --json writes it: {e.Message.Split('\n')[0]}");
            }
        }

        if (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            using var other = new FlagCloudClient(new(address.GetLeftPart(UriPartial.Authority)), call.Session.Patience);
            return await other.GetAsync<Comparison>(given, cancellationToken);
        }

        return ComparisonId.IsWellFormed(given)
            ? await call.Client.ComparisonAsync(given, cancellationToken)
            : throw new UsageException($"'{given}' is neither a comparison's id ('flagcloud list' shows them) nor a file that exists nor the http address of a record.");
    }

    static void Write(IAnsiConsole console, Comparison a, Comparison b, Difference difference)
    {
        console.Print($"A  {a.Id}, {a.Environment.Machine}");
        console.Print($"B  {b.Id}, {b.Environment.Machine}");
        console.Write(Tables.Of<TrialDifference>(console, difference.Trials,
        [
            new("trial", one => one.Name, Left: true),
            new("A", one => Figures.Seconds(one.SecondsA)),
            new("B", one => Figures.Seconds(one.SecondsB)),
            new("B takes", one => $"{Figures.Ratio(one.Ratio)}x"),
            new("95 %", one => Figures.Interval(one.Low, one.High, Figures.Ratio)),
            new("stored A", one => Figures.Percent(one.StoredA)),
            new("stored B", one => Figures.Percent(one.StoredB)),
        ]));
        foreach (var one in difference.Trials) console.Print($"{one.Name}: {one.Verdict}");
        if (difference.OnlyInOne is { Count: > 0 } missing) console.Print($"Only in one of them: {string.Join(", ", missing)}.");
        console.Print(difference.SameLuck
            ? "Paired round by round: both met the same delays and faults."
            : "Paired round by round, but each met delays and faults of its own (seed, profile, origin or countries differ): intervals are wider for it.");
        Write(console, "Settings", difference.Settings);
        Write(console, "Environment", difference.Environment);
    }

    static void Write(IAnsiConsole console, string what, IReadOnlyList<Unequal> unequal)
    {
        console.WriteLine();
        console.Print(unequal is [] ? $"{what}: the same." : $"{what} that differ:");
        foreach (var one in unequal) console.Print($"  {one.Name}: {Short(one.A)} | {Short(one.B)}");
    }

    static string Short(JsonNode? value)
    {
        var text = value switch { null => "-", JsonArray list => $"{list.Count}: {string.Join(", ", list)}", _ => value.ToString() };
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
