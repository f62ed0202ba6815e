using System.Globalization;

namespace FlagCloud.Dashboard.Queries;

/// <summary>One condition on a field of a log or a span. A value that the item does not have is the empty text.</summary>
public sealed record FieldFilter(string Field, FilterOperator Operator, string Value, bool IsOff = false)
{
    public string OperatorText => Symbol(Operator);

    public static string Symbol(FilterOperator op) => op switch
    {
        FilterOperator.Equal => "=",
        FilterOperator.NotEqual => "≠",
        FilterOperator.Contains => "contains",
        FilterOperator.NotContains => "lacks",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => "≥",
        FilterOperator.Less => "<",
        _ => "≤",
    };

    public bool Admits(string? actual)
    {
        actual ??= "";
        return Operator switch
        {
            FilterOperator.Equal => Compare(actual) == 0,
            FilterOperator.NotEqual => Compare(actual) != 0,
            FilterOperator.Contains => actual.Contains(Value, StringComparison.OrdinalIgnoreCase),
            FilterOperator.NotContains => !actual.Contains(Value, StringComparison.OrdinalIgnoreCase),
            FilterOperator.Greater => actual.Length > 0 && Compare(actual) > 0,
            FilterOperator.GreaterOrEqual => actual.Length > 0 && Compare(actual) >= 0,
            FilterOperator.Less => actual.Length > 0 && Compare(actual) < 0,
            _ => actual.Length > 0 && Compare(actual) <= 0,
        };
    }

    int Compare(string actual) => Number(actual) is { } left && Number(Value) is { } right
        ? left.CompareTo(right)
        : string.Compare(actual, Value, StringComparison.OrdinalIgnoreCase);

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
