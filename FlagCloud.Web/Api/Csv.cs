using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlagCloud.Web.Api;

/// <summary>Downloads as CSV (RFC 4180), a row each, written as they are read.</summary>
static class Csv
{
    public const string MediaType = "text/csv";
    static readonly PropertyInfo[] Columns = typeof(Download).GetProperties();

    public static PushStreamHttpResult Of(IAsyncEnumerable<Download> downloads, string? fileName = null) => TypedResults.Stream(
        async body =>
        {
            await using var writer = new StreamWriter(body, new UTF8Encoding(false)) { NewLine = "\r\n" };
            await writer.WriteLineAsync(string.Join(',', Columns.Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name))));
            await foreach (var download in downloads)
                await writer.WriteLineAsync(string.Join(',', Columns.Select(column => Field(column.GetValue(download)))));
        },
        $"{MediaType}; charset=utf-8", fileName);

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
