using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>Writes any OTLP message in its JSON form; members with their default value are left out.</summary>
internal static class OtlpJsonWriter
{
    public static byte[] Write(IMessage message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, message);
        return buffer.ToArray();
    }

    public static void Write(Utf8JsonWriter writer, IMessage message)
    {
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
            {
                var items = (IList)field.Accessor.GetValue(message);
                if (items.Count == 0) continue;
                writer.WriteStartArray(field.JsonName);
                foreach (var item in items)
                    WriteValue(writer, field, item);
                writer.WriteEndArray();
            }
            else if (IsSet(field, message))
            {
                writer.WritePropertyName(field.JsonName);
                WriteValue(writer, field, field.Accessor.GetValue(message));
            }
        }
        writer.WriteEndObject();
    }

    static bool IsSet(FieldDescriptor field, IMessage message)
    {
        if (field.HasPresence) return field.Accessor.HasValue(message);
        return field.Accessor.GetValue(message) switch
        {
            string text => text.Length > 0,
            ByteString bytes => bytes.Length > 0,
            bool flag => flag,
            double number => number != 0,
            Enum value => Convert.ToInt32(value, null) != 0,
            IConvertible number => number.ToDecimal(null) != 0,
            _ => true,
        };
    }

    static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case IMessage message: Write(writer, message); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case ByteString bytes when OtlpJson.IsHexadecimal(field): writer.WriteStringValue(Convert.ToHexStringLower(bytes.Span)); break;
            case ByteString bytes: writer.WriteBase64StringValue(bytes.Span); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double number: writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity"); break;
            case Enum item: writer.WriteNumberValue(Convert.ToInt32(item, null)); break;
            case int number: writer.WriteNumberValue(number); break;
            case uint number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(((IFormattable)value).ToString(null, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }
}
