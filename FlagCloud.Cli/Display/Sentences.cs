using FlagCloud.Contracts;

namespace FlagCloud.Cli.Display;

static class Sentences
{
    public const string Queued = "Queued: it starts when the comparisons before it have ended.";

    public const string Cancelling = "Cancelling; once more ends this program at once.";

    public static int RunCount(ComparisonSettings settings) => settings.Strategies.Count * ((settings.MaxRounds ?? settings.Rounds) + (settings.Warmup ? 1 : 0));

    public static string Run(string strategy, int round) => round == 0 ? $"{strategy}, warm-up" : $"{strategy}, round {round}";

    public static string Download(Download download)
    {
        var country = download.Country.ToUpperInvariant();
        var outcome = download.Outcome switch
        {
            Outcome.Ok => $"ok {Figures.Bytes(download.Bytes)}",
            Outcome.NotModified => "not modified",
            Outcome.NotFound => "not found",
            Outcome.Cancelled => "cancelled",
            _ => $"error: {download.Reason ?? "no reason given"}",
        };
        var attempts = download.Attempts > 1 ? $" after {download.Attempts} attempts" : "";
        var last = download.StoredSeconds ?? download.WorkedSeconds ?? download.BodySeconds ?? download.HeadersSeconds;
        return $"{country} {outcome}{attempts}{(last is { } end ? $" {Figures.Seconds(end - download.StartedSeconds)}" : "")}";
    }
}
