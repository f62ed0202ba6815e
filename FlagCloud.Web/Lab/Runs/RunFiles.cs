using FlagCloud.Silo.Api;
using FlagCloud.Silo.Comparisons;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlagCloud.Silo.Components.Runs;

/// <summary>A comparison as files: the downloads as CSV, which a link cannot ask for by header, and the report.</summary>
static class RunFiles
{
    public static void MapRunFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/runs/{id}").ExcludeFromDescription();
        files.MapGet("/downloads.csv", Csv);
        files.MapGet("/report.html", Report);
    }

    static async Task<IResult> Csv(string id, HttpContext http, ComparisonReader reader, ComparisonStore store, CancellationToken cancellationToken)
    {
        if (await reader.Find(id, cancellationToken) is null) return Problems.NoSuchComparison(id);
        Attach(http, $"{id}.downloads.csv");
        return new CsvResult(store.Downloads(id, cancellationToken));
    }

    static async Task<IResult> Report(string id, HttpContext http, ComparisonReader reader, IServiceProvider services, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (await reader.Find(id, cancellationToken) is not { } record) return Problems.NoSuchComparison(id);
        var round = record.Runs.Select(run => run.Round).Where(number => number > 0).DefaultIfEmpty(0).Min();
        var downloads = await reader.Round(id, round, cancellationToken);
        await using var renderer = new HtmlRenderer(services, logging);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Report>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Components.Runs.Report.Record)] = record,
            [nameof(Components.Runs.Report.Round)] = round,
            [nameof(Components.Runs.Report.Downloads)] = downloads,
        }))).ToHtmlString());
        Attach(http, $"{id}.html");
        return Results.Content("<!DOCTYPE html>\n" + html, "text/html; charset=utf-8");
    }

    // A file to keep, never a page of ours: it carries its style inside, which our pages' policy would not let it use.
    static void Attach(HttpContext http, string name) => http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
}
