namespace FlagCloud.Web.Lab.Why;

/// <summary>Where the time of a download went, as metrics name it: five phases, one after the other.</summary>
public static class DownloadPhases
{
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        ("queued", "until its turn"), ("waiting", "for the origin's headers, retries included"), ("body", "until the last byte, checked"),
        ("work", "on the CPU"), ("storing", "until storage has acknowledged it"),
    ];

    /// <summary>When each phase ended, seconds from the run's start; fewer than five where it went no further.</summary>
    public static IReadOnlyList<double> Ends(Download download)
    {
        double?[] ends = [download.StartedSeconds, download.HeadersSeconds, download.BodySeconds, download.WorkedSeconds, download.StoredSeconds];
        return [.. ends.TakeWhile(end => end is not null).Select(end => end!.Value)];
    }

    /// <summary>How long a phase took; null where it was not reached.</summary>
    public static double? Seconds(Download download, int phase)
    {
        var ends = Ends(download);
        return phase < ends.Count ? ends[phase] - (phase is 0 ? 0 : ends[phase - 1]) : null;
    }

    public static double End(Download download) => download.EndedSeconds > 0 ? download.EndedSeconds : Ends(download)[^1];

    public static string Tip(Download download)
    {
        var phases = string.Join(", ", Ends(download).Select((_, phase) => $"{All[phase].Name} {Quantity.Text(Seconds(download, phase), "s")}"));
        var outcome = download.Outcome.ToString().ToLowerInvariant() + (download.Reason is null ? "" : $" ({download.Reason})");
        return $"{Catalogue.NameOf(download.Country)} ({download.Country}), {download.Name}: {outcome}; {phases}; done at {End(download):0.000} s, "
            + $"{download.Attempts} {(download.Attempts is 1 ? "request" : "requests")}, {Quantity.Text(download.Bytes, "By")}";
    }
}
