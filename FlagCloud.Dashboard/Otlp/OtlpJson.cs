using Google.Protobuf.Reflection;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>
/// Where OTLP's JSON differs from the common JSON form of protobuf: ids of traces and spans are hexadecimal, and enumerations are numbers.
/// </summary>
internal static class OtlpJson
{
    public static bool IsHexadecimal(FieldDescriptor field) => field.Name is "trace_id" or "span_id" or "parent_span_id";
}
