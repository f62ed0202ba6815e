namespace FlagCloud.Dashboard.Otlp;

internal sealed class BodyTooLargeException : Exception;
