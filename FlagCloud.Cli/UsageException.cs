namespace FlagCloud.Cli;

/// <summary>The user asked for something that cannot be had; the message says what, and what is allowed.</summary>
sealed class UsageException(string message) : Exception(message);
