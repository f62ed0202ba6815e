namespace FlagCloud.Cli;

/// <summary>Figures with three or so digits that mean something, and what they are figures of. There is one culture, the invariant one (Directory.Build.props).</summary>
static class Figures
{
    public static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" });
    public static string Seconds(double seconds) => $"{Number(seconds)} s";
    public static string Ratio(double ratio) => $"{ratio:0.00}";
    public static string Percent(double share) => $"{share * 100:0.0} %";
    public static string Count(int count, string thing) => $"{count:#,0} {thing}{(count == 1 ? "" : "s")}";
    public static string Run(string name, int round) => round == 0 ? $"{name}, warm-up" : $"{name}, round {round}";

    /// <summary>Empty where there is none.</summary>
    public static string Interval(double? low, double? high, Func<double, string> figure) => low is { } from && high is { } to ? $"{figure(from)}-{figure(to)}" : "";

    public static string Of(Download download)
    {
        var outcome = download.Outcome switch
        {
            Outcome.Ok => $"ok {download.Bytes:#,0} B",
            Outcome.Error => $"error: {download.Reason ?? "no reason given"}",
            _ => Words(download.Outcome),
        };
        var attempts = download.Attempts > 1 ? $" after {download.Attempts} attempts" : "";
        return $"{download.Country.ToUpperInvariant()} {outcome}{attempts} {Seconds(download.EndedSeconds - download.StartedSeconds)}";
    }

    /// <summary>How many downloads ended how, in the order of <see cref="Outcome"/>.</summary>
    public static int[] Counts(Run run) => [run.Ok, run.NotModified, run.NotFound, run.Errors, run.Cancelled];

    public static int[] Sum(int[] one, int[] other) => [.. one.Zip(other, (a, b) => a + b)];

    /// <summary>"18 ok, 2 errors": what there is none of is left out.</summary>
    public static string Outcomes(int[] counts) => string.Join(", ", Enum.GetValues<Outcome>().Where(outcome => outcome is Outcome.Ok || counts[(int)outcome] > 0)
        .Select(outcome => outcome is Outcome.Error ? Count(counts[(int)outcome], "error") : $"{counts[(int)outcome]:#,0} {Words(outcome)}"));

    /// <summary>"not modified" of <see cref="Outcome.NotModified"/>.</summary>
    public static string Words(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}").Replace('-', ' ');
}
