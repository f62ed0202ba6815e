using FlagCloud.Contracts;

namespace FlagCloud.Cli.Display;

/// <summary>Why downloads failed: a line a reason, the most frequent first.</summary>
static class FailureReasons
{
    const int Most = 5;

    public static IReadOnlyList<string> Of(IEnumerable<Download> downloads)
    {
        var groups = downloads
            .Where(download => download.Outcome is Outcome.Error)
            .GroupBy(download => download.Reason ?? "no reason given", download => download.Country)
            .OrderByDescending(group => group.Count())
            .ToList();
        var lines = groups.Take(Most).Select(group => $"{group.Count():#,0} x {group.Key} ({Countries(group)})");
        return groups.Count > Most ? [.. lines, $"and {Figures.Count(groups.Count - Most, "other reason")}"] : [.. lines];
    }

    static string Countries(IEnumerable<string> codes)
    {
        var each = codes.Distinct().Order().Select(code => code.ToUpperInvariant()).ToList();
        return string.Join(' ', each.Take(Most)) + (each.Count > Most ? " ..." : "");
    }
}
