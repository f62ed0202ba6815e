using System.Buffers.Binary;
using System.Globalization;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A span's 8 bytes; the default value is no span.</summary>
public readonly record struct SpanId(ulong Value)
{
    public bool IsNone => Value == 0;

    public static SpanId Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 8 ? new(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;

    public static SpanId Parse(string? hex) =>
        hex is { Length: 16 } && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? new(value) : default;

    public byte[] ToBytes()
    {
        if (IsNone) return [];
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return bytes;
    }

    public override string ToString() => IsNone ? "" : Value.ToString("x16", CultureInfo.InvariantCulture);
}
