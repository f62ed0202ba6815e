namespace FlagCloud.Dashboard.Pages;

/// <summary>The windows of time that a chart may show, by their name in the address.</summary>
internal static class MetricWindow
{
    public const string Default = "auto";
    public const string Everything = "all";

    /// <summary>What is the most that the default window shows of an instrument.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromMinutes(15);

    static readonly (string Key, string Text, TimeSpan Span)[] Windows =
    [
        ("1m", "Last minute", TimeSpan.FromMinutes(1)), ("5m", "Last 5 minutes", TimeSpan.FromMinutes(5)),
        ("15m", "Last 15 minutes", TimeSpan.FromMinutes(15)), ("30m", "Last 30 minutes", TimeSpan.FromMinutes(30)),
        ("1h", "Last hour", TimeSpan.FromHours(1)), ("3h", "Last 3 hours", TimeSpan.FromHours(3)),
        ("6h", "Last 6 hours", TimeSpan.FromHours(6)), ("12h", "Last 12 hours", TimeSpan.FromHours(12)),
    ];

    public static IEnumerable<(string Key, string Text)> All => [(Default, "Since it began, or 15 minutes"), .. Windows.Select(window => (window.Key, window.Text)), (Everything, "All that is held")];

    /// <summary>Null where the window depends on what is held.</summary>
    public static TimeSpan? Find(string key) => key is Everything or Default ? null
        : Windows.Where(window => window.Key == key).Select(window => window.Span).DefaultIfEmpty(TimeSpan.FromMinutes(5)).First();
}
