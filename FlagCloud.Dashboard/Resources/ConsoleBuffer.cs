using System.Collections.Concurrent;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Resources;

/// <summary>The last lines of each resource, for an <see cref="IResourceSource"/> to keep. Thread-safe.</summary>
public sealed class ConsoleBuffer(TimeProvider time, int linesPerResource = 10_000)
{
    readonly ConcurrentDictionary<string, Ring<ConsoleLine>> _lines = new(StringComparer.Ordinal);
    long _last;

    public void Append(string resource, string text, bool isError)
    {
        var lines = _lines.GetOrAdd(resource, _ => new Ring<ConsoleLine>(linesPerResource));
        lock (lines)
            lines.Add(new ConsoleLine(Interlocked.Increment(ref _last), resource, time.GetUtcNow(), text, isError));
    }

    public IReadOnlyList<ConsoleLine> Read(string resource, long after)
    {
        if (!_lines.TryGetValue(resource, out var lines)) return [];
        lock (lines)
        {
            var from = lines.Count;
            while (from > 0 && lines[from - 1].Number > after) from--;
            return [.. lines.Skip(from)];
        }
    }
}
