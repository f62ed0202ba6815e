namespace Aspire.Hosting.Health;

/// <summary>The process cannot be left as it is: it never became healthy, or it is to be restarted.</summary>
internal sealed record HealthVerdict(string Problem, int Failures, bool Restart);
