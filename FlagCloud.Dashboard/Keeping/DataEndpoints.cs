using FlagCloud.Dashboard.Otlp;
using FlagCloud.Dashboard.Resources;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>What a page cannot do over its live connection: files down, files up. Behind the login, as the pages are.</summary>
internal static class DataEndpoints
{
    public static void MapDataEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/telemetry");
        api.MapGet("/export", ExportAsync);
        api.MapGet("/traces/{trace}", TraceAsync);
        api.MapPost("/import", ImportAsync);
        api.MapGet("/console/{resource}", (string resource, IResourceSource source) => Results.Text(
            string.Concat(source.ReadConsole(resource, 0).Select(line => $"{line.Time:O} {AnsiText.Strip(line.Text)}\n"))));
    }

    static async Task<IResult> ExportAsync(DataCatalog catalog, TimeProvider time, string? data, string? signals, string? resources)
    {
        if (await catalog.FindAsync(data) is not { } opened) return Unknown(data);
        bool Has(string signal) => signals is null || signals.Split(',').Contains(signal);
        var selection = new Selection(Has("traces"), Has("logs"), Has("metrics"),
            (resources ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        var file = TemporaryFile();
        await Task.Run(() => TelemetryExport.Write(file, opened.Store, selection));
        file.Position = 0;
        return Results.File(file, "application/zip", $"flagcloud-telemetry-{time.GetLocalNow():yyyyMMdd-HHmmss}.zip");
    }

    static async Task<IResult> TraceAsync(string trace, DataCatalog catalog, string? data)
    {
        if (await catalog.FindAsync(data) is not { } opened) return Unknown(data);
        var spans = opened.Store.Traces.Find(TraceId.Parse(trace));
        return spans.Count == 0
            ? Results.Problem($"No trace {trace} is held.", statusCode: StatusCodes.Status404NotFound)
            : Results.Bytes(OtlpJsonWriter.Write(WireWriter.Traces(spans)), "application/json");
    }

    static async Task<IResult> ImportAsync(HttpContext http, DataCatalog catalog, DashboardOptions options, string? name)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.ImportLimit;
        await using var file = TemporaryFile();
        try
        {
            if (http.Request.ContentLength > options.ImportLimit) throw TooLarge(options);
            await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            file.Position = 0;
            var (data, result) = await catalog.OpenFileAsync(file, string.IsNullOrWhiteSpace(name) ? "An opened file" : name);
            return Results.Ok(new { data = data.Id, result.Accepted, result.Rejected, result.Skipped });
        }
        catch (ImportException wrong)
        {
            return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException wrong) when (wrong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Results.Problem(TooLarge(options).Message, statusCode: StatusCodes.Status413PayloadTooLarge);
        }
    }

    static ImportException TooLarge(DashboardOptions options) => new($"The file is larger than {options.ImportLimit >> 20} MB. Export fewer resources or signals.");

    static IResult Unknown(string? data) => Results.Problem($"No telemetry '{data}' is open.", statusCode: StatusCodes.Status404NotFound);

    static FileStream TemporaryFile() =>
        new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
