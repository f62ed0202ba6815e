using Microsoft.AspNetCore.Http.HttpResults;

namespace FlagCloud.Web.Lab.Runs;

/// <summary>A comparison as files: the downloads as CSV, which a link cannot ask for by header, and the report.</summary>
static class RunFiles
{
    public static void MapRunFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/runs/{id}").ExcludeFromDescription();
        files.MapGet("/downloads.csv", Downloads);
        files.MapGet("/report.html", Report);
    }

    static async Task<IResult> Downloads(string id, ComparisonReader reader, ComparisonRecords records, CancellationToken cancellationToken) =>
        await reader.Stored(id, cancellationToken) is null
            ? Problems.NoSuchComparison(id)
            : Csv.Of(await records.Downloads(id, cancellationToken).Begun(cancellationToken), $"{id}.downloads.csv");

    static async Task<IResult> Report(string id, HttpResponse response, ComparisonReader reader, ComparisonRecords records, IWebHostEnvironment files,
        CancellationToken cancellationToken)
    {
        if (await reader.Stored(id, cancellationToken) is not { } record) return Problems.NoSuchComparison(id);
        var round = record.Runs.Select(run => run.Round).Where(number => number > 0).DefaultIfEmpty(0).Min();
        using var css = new StreamReader(files.WebRootFileProvider.GetFileInfo("assets/lab.css").CreateReadStream());
        // A file to keep, never a page of ours: it carries its style inside, which our pages' policy would not let it use.
        response.Headers.ContentDisposition = $"attachment; filename={id}.html";
        var (style, downloads) = (await css.ReadToEndAsync(cancellationToken), await records.Round(id, round, cancellationToken));
        return new RazorComponentResult<Report>(new { Record = record, Round = round, Style = style, Downloads = downloads }) { PreventStreamingRendering = true };
    }
}
