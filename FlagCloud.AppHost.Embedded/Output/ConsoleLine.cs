namespace Aspire.Hosting.Output;

internal readonly record struct ConsoleLine(DateTimeOffset At, bool IsError, string Text);
