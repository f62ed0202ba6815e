using System.Text;
using System.Text.Json;

namespace FlagCloud.Web.Api;

/// <summary>Downloads as CSV (RFC 4180), a row each, written as they are read.</summary>
sealed class CsvResult(IAsyncEnumerable<Download> downloads) : IResult
{
    static readonly (string Name, Func<Download, object?> Value)[] Columns =
    [
        .. typeof(Download).GetProperties().Select(property => (JsonNamingPolicy.CamelCase.ConvertName(property.Name), (Func<Download, object?>)(download => property.GetValue(download)))),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        await using var writer = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(false)) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Columns.Select(column => column.Name)));
        await foreach (var download in downloads)
            await writer.WriteLineAsync(string.Join(',', Columns.Select(column => Field(column.Value(download)))));
    }

    static string Field(object? value) => value switch
    {
        null => "",
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    // A spreadsheet must not take a text for a formula.
    static string Quoted(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
