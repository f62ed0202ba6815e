using static System.FormattableString;

namespace FlagCloud.Web.Api;

/// <summary>What came of a comparison, as Markdown: the verdict and the table as the silo has them, and where to look further. Aspire's dashboard shows it.</summary>
static class Markdown
{
    public const string MediaType = "text/markdown";

    /// <param name="web">This server's address, without a slash at its end.</param>
    public static IResult Of(Comparison comparison, string web, LabLinks links) =>
        TypedResults.Text(string.Join('\n', Lines(comparison, web, links)) + "\n", MediaType, System.Text.Encoding.UTF8);

    static IEnumerable<string> Lines(Comparison comparison, string web, LabLinks links)
    {
        if (comparison.Status is not ComparisonStatus.Completed) yield return $"**{comparison.Status}.** {comparison.Reason}\n";
        foreach (var (at, conclusion) in comparison.Conclusions.Index()) yield return at is 0 ? $"**{Cell(conclusion)}**\n" : $"- {Cell(conclusion)}";
        yield return $"\n{SettingsText.Short(comparison)}\n";
        foreach (var row in comparison is { Verdict.Figures: { Count: > 0 } figures } ? Table(figures) : []) yield return row;
        foreach (var row in comparison.Summary is [] ? [] : Table(comparison.Summary)) yield return row;
        var traces = links.Runs(comparison.Id) is { } runs ? $" · [Traces of its runs]({runs})" : "";
        yield return $"\n[Flag lab]({web}/race/{comparison.Id}) · [Record]({web}/api/comparisons/{comparison.Id}){traces}";
    }

    static IEnumerable<string> Table(IReadOnlyList<StrategySummary> summary) =>
    [
        "| | elapsed | 95 % | speed-up | 95 % | flags per s | success | blocked threads | CPU s a run |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        .. summary.Select(one => Invariant(
            $"| {Cell(one.Name)} | {one.MedianSeconds:0.000} s | {Interval(one.CiLowSeconds, one.CiHighSeconds, "0.000")} ")
            + Invariant($"| {one.Speedup:0.00'x'} | {Interval(one.SpeedupCiLow, one.SpeedupCiHigh, "0.00")} | {one.GoodputPerSecond:0.0} | {one.SuccessRate * 100:0.0} % | {one.BlockedThreads} | {one.CpuSeconds:0.000} |")),
    ];

    static IEnumerable<string> Table(IReadOnlyList<Figure> figures) =>
    [
        "| figure | | 95 % | expected |", "| --- | ---: | ---: | --- |",
        .. figures.Select(figure => Invariant($"| {Cell(figure.Name)} | {figure.Value:0.###} {figure.Unit} | {Interval(figure.Low, figure.High, "0.###")} | {Cell(figure.Expected ?? "")} |")),
        "",
    ];

    static string Interval(double? low, double? high, string format) =>
        low is { } from && high is { } to ? $"{from.ToString(format, CultureInfo.InvariantCulture)}–{to.ToString(format, CultureInfo.InvariantCulture)}" : "";

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
