using System.Collections.Concurrent;
using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>
/// One object for what every request repeats: resources, scopes, and the strings of attributes. It stops growing at its limits, so that
/// a client that sends ever new values costs no more memory than what is held.
/// </summary>
internal sealed class Interner(TelemetryLimits limits)
{
    const int Strings = 20_000;
    const int LongestString = 256;
    const int BoundsHeld = 64;

    readonly ConcurrentDictionary<ByteString, TelemetryResource> _resources = new();
    readonly ConcurrentDictionary<ByteString, TelemetryScope> _scopes = new();
    readonly ConcurrentDictionary<string, string> _strings = new(StringComparer.Ordinal);
    volatile double[][] _bounds = [];
    int _stringCount;

    /// <summary>Null when this is one resource too many.</summary>
    public TelemetryResource? Resource(Resource? wire)
    {
        var key = wire?.ToByteString() ?? ByteString.Empty;
        if (_resources.TryGetValue(key, out var known)) return known;
        if (_resources.Count >= limits.Resources) return null;
        var (attributes, _) = Attributes(wire?.Attributes ?? []);
        var name = attributes.Find("service.name");
        return _resources.GetOrAdd(key, new TelemetryResource(
            string.IsNullOrEmpty(name) ? TelemetryResource.UnknownName : name, attributes.Find("service.instance.id") ?? "", attributes));
    }

    public TelemetryScope Scope(InstrumentationScope? wire)
    {
        var key = wire?.ToByteString() ?? ByteString.Empty;
        if (_scopes.TryGetValue(key, out var known)) return known;
        var scope = new TelemetryScope(wire?.Name ?? "", wire?.Version ?? "", Attributes(wire?.Attributes ?? []).Attributes);
        return _scopes.Count < limits.Instruments ? _scopes.GetOrAdd(key, scope) : scope;
    }

    /// <summary>The attributes within the limits, a later value of a key in place of an earlier one, and how many were left out.</summary>
    public (Tag[] Attributes, int Dropped) Attributes(IReadOnlyList<KeyValue> wire)
    {
        if (wire.Count == 0) return ([], 0);
        var result = new Tag[Math.Min(wire.Count, limits.Attributes)];
        var count = 0;
        var dropped = 0;
        foreach (var pair in wire)
        {
            var at = Array.FindIndex(result, 0, count, attribute => attribute.Key == pair.Key);
            if (at >= 0) result[at] = new(result[at].Key, Value(pair.Value));
            else if (count < result.Length) result[count++] = new(Text(pair.Key), Value(pair.Value));
            else dropped++;
        }
        if (count < result.Length) Array.Resize(ref result, count);
        return (result, dropped);
    }

    public object? Value(AnyValue? wire) => wire?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => Text(wire.StringValue),
        AnyValue.ValueOneofCase.BoolValue => wire.BoolValue,
        AnyValue.ValueOneofCase.IntValue => wire.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => wire.DoubleValue,
        AnyValue.ValueOneofCase.BytesValue => wire.BytesValue.ToByteArray(),
        AnyValue.ValueOneofCase.ArrayValue => wire.ArrayValue.Values.Take(limits.Attributes).Select(Value).ToArray(),
        AnyValue.ValueOneofCase.KvlistValue => Attributes(wire.KvlistValue.Values).Attributes,
        _ => null,
    };

    /// <summary>The bounds of a histogram, which each of its points repeats.</summary>
    public double[] Bounds(IReadOnlyList<double> wire)
    {
        var known = _bounds;
        foreach (var bounds in known)
            if (bounds.Length == wire.Count && bounds.SequenceEqual(wire))
                return bounds;
        double[] added = [.. wire];
        // Two requests at once may each add their own; one of them is then simply not found again.
        if (known.Length < BoundsHeld) _bounds = [.. known, added];
        return added;
    }

    public string Text(string text)
    {
        if (text.Length == 0) return "";
        if (text.Length > limits.TextLength) return string.Concat(text.AsSpan(0, limits.TextLength), "…");
        if (text.Length > LongestString) return text;
        if (_strings.TryGetValue(text, out var known)) return known;
        if (Volatile.Read(ref _stringCount) >= Strings) return text;
        if (_strings.TryAdd(text, text)) Interlocked.Increment(ref _stringCount);
        return text;
    }
}
