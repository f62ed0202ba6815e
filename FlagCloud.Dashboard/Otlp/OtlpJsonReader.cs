using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>Reads any OTLP message from its JSON form. Unknown members are skipped, as the specification asks; a wrong value is a <see cref="JsonException"/>.</summary>
internal static class OtlpJsonReader
{
    static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> Fields = new();

    public static T Read<T>(ReadOnlySpan<byte> json) where T : IMessage<T>, new()
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var message = new T();
        ReadObject(ref reader, message);
        if (reader.Read()) throw new JsonException("There is something after the end of the JSON object.");
        return message;
    }

    /// <summary>Reads the object that the reader stands on, and leaves it on the object's end.</summary>
    public static void ReadObject(ref Utf8JsonReader reader, IMessage message)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"{message.Descriptor.Name} must be an object, not {reader.TokenType}.");
        var fields = Fields.GetOrAdd(message.Descriptor, descriptor => descriptor.Fields.InDeclarationOrder().ToFrozenDictionary(field => field.JsonName));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (!fields.TryGetValue(name, out var field)) reader.Skip();
            else if (field.IsRepeated) ReadArray(ref reader, field, (IList)field.Accessor.GetValue(message));
            else field.Accessor.SetValue(message, ReadValue(ref reader, field));
        }
    }

    static void ReadArray(ref Utf8JsonReader reader, FieldDescriptor field, IList items)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(field, "an array", reader.TokenType);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader, field));
    }

    static object ReadValue(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                var message = (IMessage)Activator.CreateInstance(field.MessageType.ClrType)!;
                ReadObject(ref reader, message);
                return message;
            case FieldType.String:
                return reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong(field, "a string", reader.TokenType);
            case FieldType.Bool:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? reader.GetBoolean() : throw Wrong(field, "true or false", reader.TokenType);
            case FieldType.Bytes:
                return ReadBytes(ref reader, field);
            case FieldType.Double:
                return ReadDouble(ref reader, field);
            case FieldType.Enum:
                return ReadEnum(ref reader, field);
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64:
                return long.TryParse(Number(ref reader, field), CultureInfo.InvariantCulture, out var signed)
                    ? signed : throw Wrong(field, "a 64-bit number", reader.TokenType);
            case FieldType.UInt64 or FieldType.Fixed64:
                return ulong.TryParse(Number(ref reader, field), CultureInfo.InvariantCulture, out var unsigned)
                    ? unsigned : throw Wrong(field, "a 64-bit number without sign", reader.TokenType);
            case FieldType.UInt32 or FieldType.Fixed32:
                return uint.TryParse(Number(ref reader, field), CultureInfo.InvariantCulture, out var small)
                    ? small : throw Wrong(field, "a 32-bit number without sign", reader.TokenType);
            default:
                return int.TryParse(Number(ref reader, field), CultureInfo.InvariantCulture, out var number)
                    ? number : throw Wrong(field, "a 32-bit number", reader.TokenType);
        }
    }

    // 64-bit numbers come as strings, since a JSON number would lose digits; both are read.
    static string Number(ref Utf8JsonReader reader, FieldDescriptor field) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw Wrong(field, "a number", reader.TokenType),
    };

    static double ReadDouble(ref Utf8JsonReader reader, FieldDescriptor field) =>
        double.TryParse(Number(ref reader, field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value : throw Wrong(field, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"", reader.TokenType);

    static int ReadEnum(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        var text = Number(ref reader, field);
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number)) return number;
        return field.EnumType.FindValueByName(text)?.Number ?? throw Wrong(field, $"a number of {field.EnumType.Name}", reader.TokenType);
    }

    static ByteString ReadBytes(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.String) throw Wrong(field, "a string", reader.TokenType);
        try
        {
            return OtlpJson.IsHexadecimal(field)
                ? UnsafeByteOperations.UnsafeWrap(Convert.FromHexString(reader.GetString()!))
                : UnsafeByteOperations.UnsafeWrap(reader.GetBytesFromBase64());
        }
        catch (FormatException)
        {
            throw Wrong(field, OtlpJson.IsHexadecimal(field) ? "hexadecimal" : "base64", reader.TokenType);
        }
    }

    static JsonException Wrong(FieldDescriptor field, string wanted, JsonTokenType found) =>
        new($"'{field.JsonName}' of {field.ContainingType.Name} must be {wanted}; it is not ({found}).");
}
