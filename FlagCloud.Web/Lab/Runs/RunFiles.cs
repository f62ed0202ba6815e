using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlagCloud.Web.Lab.Runs;

/// <summary>A comparison as files: the downloads as CSV, which a link cannot ask for by header, and the report.</summary>
static class RunFiles
{
    public static void MapRunFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/runs/{id}").ExcludeFromDescription();
        files.MapGet("/downloads.csv", Csv);
        files.MapGet("/report.html", Report);
    }

    static async Task<IResult> Csv(string id, HttpContext http, ComparisonReader reader, ComparisonRecords records, CancellationToken cancellationToken)
    {
        if (await reader.Stored(id, cancellationToken) is null) return Problems.NoSuchComparison(id);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.downloads.csv\"";
        return new CsvResult(await records.Downloads(id, cancellationToken).Begun(cancellationToken));
    }

    static async Task<IResult> Report(string id, ComparisonReader reader, ComparisonRecords records, IWebHostEnvironment files, IServiceProvider services, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (await reader.Stored(id, cancellationToken) is not { } record) return Problems.NoSuchComparison(id);
        var round = record.Runs.Select(run => run.Round).Where(number => number > 0).DefaultIfEmpty(0).Min();
        var downloads = await records.Round(id, round, cancellationToken);
        using var style = new StreamReader(files.WebRootFileProvider.GetFileInfo("assets/lab.css").CreateReadStream());
        var css = await style.ReadToEndAsync(cancellationToken);
        await using var renderer = new HtmlRenderer(services, logging);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Report>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Runs.Report.Record)] = record,
            [nameof(Runs.Report.Style)] = css,
            [nameof(Runs.Report.Round)] = round,
            [nameof(Runs.Report.Downloads)] = downloads,
        }))).ToHtmlString());
        // A file to keep, never a page of ours: it carries its style inside, which our pages' policy would not let it use.
        return TypedResults.File(Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + html), "text/html; charset=utf-8", $"{id}.html");
    }
}
