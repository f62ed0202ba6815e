namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What became of one request: how much of it was refused, and why, in the words of a partial success.</summary>
public sealed record Intake(int Accepted, int Rejected, string Message)
{
    public static Intake None { get; } = new(0, 0, "");

    public static Intake operator +(Intake a, Intake b) => new(a.Accepted + b.Accepted, a.Rejected + b.Rejected, a.Message.Length > 0 ? a.Message : b.Message);

    public static Intake Add(Intake left, Intake right) => left + right;
}
