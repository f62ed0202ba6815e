namespace FlagCloud.Dashboard.Queries;

/// <summary>Filters as they stand in a page's address: field~operator~value, separated by commas, each part escaped; a last ~off leaves one out.</summary>
public static class FilterAddress
{
    static readonly (FilterOperator Operator, string Code)[] Codes =
    [
        (FilterOperator.Equal, "eq"), (FilterOperator.NotEqual, "ne"), (FilterOperator.Contains, "has"), (FilterOperator.NotContains, "lacks"),
        (FilterOperator.Greater, "gt"), (FilterOperator.GreaterOrEqual, "ge"), (FilterOperator.Less, "lt"), (FilterOperator.LessOrEqual, "le"),
    ];

    public static string? Write(IReadOnlyList<FieldFilter> filters) => filters.Count == 0 ? null : string.Join(',', filters.Select(filter =>
        $"{Escape(filter.Field)}~{Codes.First(pair => pair.Operator == filter.Operator).Code}~{Escape(filter.Value)}{(filter.IsOff ? "~off" : "")}"));

    /// <summary>What cannot be read is left out: an address may come from anywhere.</summary>
    public static IReadOnlyList<FieldFilter> Read(string? address)
    {
        var filters = new List<FieldFilter>();
        foreach (var part in (address ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(20))
        {
            var pieces = part.Split('~');
            if (pieces.Length is 3 or 4 && Array.FindIndex(Codes, pair => pair.Code == pieces[1]) is >= 0 and var code)
                filters.Add(new(Uri.UnescapeDataString(pieces[0]), Codes[code].Operator, Uri.UnescapeDataString(pieces[2]), pieces.Length == 4));
        }
        return filters;
    }

    static string Escape(string text) => Uri.EscapeDataString(text).Replace("~", "%7E", StringComparison.Ordinal);
}
