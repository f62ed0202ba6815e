namespace FlagCloud.Dashboard.Keeping;

/// <summary>A file that cannot be opened; the message is for its user.</summary>
public sealed class ImportException(string message) : Exception(message);
