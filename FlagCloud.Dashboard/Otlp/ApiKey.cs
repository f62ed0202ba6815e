using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>The key that a client of the receiver must send.</summary>
internal sealed class ApiKey(DashboardOptions options)
{
    public const string Header = "x-otlp-api-key";
    public const string Refusal = $"The header {Header} is missing or its key is not that of this run; "
        + "take OTEL_EXPORTER_OTLP_HEADERS as the orchestrator sets it.";

    readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(options.OtlpApiKey));

    // Of equal length whatever was sent, so that the comparison takes the same time.
    public bool Admits(string? sent) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent ?? "")), _hash);
}
