using System.Buffers.Binary;
using System.Globalization;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A trace's 16 bytes; the default value is no trace.</summary>
public readonly record struct TraceId(UInt128 Value)
{
    public bool IsNone => Value == UInt128.Zero;

    public static TraceId Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 16 ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;

    public static TraceId Parse(string? hex) =>
        hex is { Length: 32 } && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? new(value) : default;

    public byte[] ToBytes()
    {
        if (IsNone) return [];
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public override string ToString() => IsNone ? "" : Value.ToString("x32", CultureInfo.InvariantCulture);
}
