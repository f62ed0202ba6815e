using FlagCloud.Contracts;
using FlagCloud.Silo.Flags;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Resolves the countries of a request to codes, each once, in the order asked for.</summary>
static class CountryReader
{
    const string Allowed = "Give \"top20\", \"all\", \"every\", or an array of ISO codes (\"br\") and first letters (\"b\").";

    public static IReadOnlyList<string> Read(CountrySelection selection, int? limit, Dictionary<string, string[]> errors)
    {
        var codes = selection switch
        {
            { Name: "top20" } => Catalogue.Top20,
            { Name: "all" } => [.. Catalogue.All.Keys],
            { Name: "every" } => Catalogue.Every,
            { Codes: { Count: > 0 } asked } => Resolve(asked, errors),
            _ => Refuse($"{(selection.Name is { } name ? $"'{name}'" : "An empty list")} names no countries. {Allowed}", errors),
        };
        if (limit is null) return codes;
        if (limit < 1) errors["limit"] = [$"{limit} is not allowed. Give a whole number of countries from 1 on, or leave the field out for all of them."];
        return [.. codes.Take(limit.Value)];
    }

    static IReadOnlyList<string> Resolve(IReadOnlyList<string> asked, Dictionary<string, string[]> errors)
    {
        var unknown = new List<string>();
        var codes = new List<string>();
        foreach (var text in asked)
        {
            var code = text?.ToLowerInvariant() ?? "";
            if (Catalogue.All.ContainsKey(code)) codes.Add(code);
            else if (code.Length is 1 && Catalogue.All.Keys.Where(key => key[0] == code[0]).ToArray() is { Length: > 0 } matching) codes.AddRange(matching);
            else unknown.Add($"'{text}'");
        }
        return unknown is [] ? [.. codes.Distinct()] : Refuse($"{string.Join(", ", unknown.Take(10))} {(unknown.Count is 1 ? "is" : "are")} not known. {Allowed}", errors);
    }

    static string[] Refuse(string message, Dictionary<string, string[]> errors)
    {
        errors["countries"] = [message];
        return [];
    }
}
