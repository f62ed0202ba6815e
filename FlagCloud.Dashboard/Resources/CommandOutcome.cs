namespace FlagCloud.Dashboard.Resources;

public sealed record CommandOutcome(bool Succeeded, string? Message)
{
    public static CommandOutcome Success { get; } = new(true, null);

    public static CommandOutcome Failure(string message) => new(false, message);
}
