using System.Collections.Concurrent;

namespace FlagCloud.Web.Charts;

/// <summary>The colour of a name, the same on every page: a strategy's own, or the next free of eight for each new name.</summary>
public static class SeriesColour
{
    const int Colours = 8, NamesHeld = 1_000;

    static readonly ConcurrentDictionary<string, int> Names = new(StringComparer.Ordinal);

    /// <summary>The style class. FlagCloud's own strategies have theirs for good, so that a picture of one day can be held beside that of another.</summary>
    public static string Of(string name) => name switch
    {
        "sequential" => "t0",
        "threaded" => "t1",
        "async" => "t2",
        _ when Names.Count < NamesHeld => $"s{Names.GetOrAdd(name, _ => Names.Count) % Colours}",
        _ => $"s{Names.GetValueOrDefault(name, name.Length) % Colours}",
    };
}
