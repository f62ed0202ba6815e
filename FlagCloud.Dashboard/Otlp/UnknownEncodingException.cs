namespace FlagCloud.Dashboard.Otlp;

internal sealed class UnknownEncodingException(string message) : Exception(message);
