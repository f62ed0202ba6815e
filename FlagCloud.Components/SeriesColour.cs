using System.Collections.Concurrent;

namespace FlagCloud.Components;

/// <summary>The colour of a name, the same on every page: the next free of eight for each new name.</summary>
public static class SeriesColour
{
    const int Colours = 8;
    const int NamesHeld = 1_000;
    static readonly ConcurrentDictionary<string, int> Names = new(StringComparer.Ordinal);

    /// <summary>The style class.</summary>
    public static string Of(string name) => Names.Count < NamesHeld
        ? OfIndex(Names.GetOrAdd(name, _ => Names.Count))
        : OfIndex(Names.GetValueOrDefault(name, name.Length));

    public static string OfIndex(int index) => "s" + index % Colours;
}
