using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace FlagCloud.Web.Charts;

/// <summary>The colour of a name, the same on every page: a strategy's own, or the next free of eight for each new name.</summary>
public static class SeriesColour
{
    const int Colours = 8;
    const int NamesHeld = 1_000;
    // FlagCloud's own strategies have theirs for good, so that a picture of one day can be held beside that of another.
    static readonly FrozenDictionary<string, string> Strategies = new Dictionary<string, string>
    {
        ["sequential"] = "t0", ["threaded"] = "t1", ["async"] = "t2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly ConcurrentDictionary<string, int> Names = new(StringComparer.Ordinal);

    /// <summary>The style class.</summary>
    public static string Of(string name) => Strategies.TryGetValue(name, out var strategy) ? strategy : Names.Count < NamesHeld
        ? OfIndex(Names.GetOrAdd(name, _ => Names.Count))
        : OfIndex(Names.GetValueOrDefault(name, name.Length));

    public static string OfIndex(int index) => "s" + index % Colours;
}
