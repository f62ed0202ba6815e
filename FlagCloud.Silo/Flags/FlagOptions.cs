using System.ComponentModel.DataAnnotations;

namespace FlagCloud.Silo.Flags;

/// <summary>Configuration section <c>Flags</c>.</summary>
sealed class FlagOptions
{
    /// <summary>Base address of the flag server; service discovery resolves its host name.</summary>
    [Required] public Uri Origin { get; set; } = new("http://origin");
    /// <summary>URL prefixes of foreign origins that a comparison may name. Nothing else is ever fetched from.</summary>
    public IList<string> AllowedOrigins { get; } = [];
    /// <summary>A larger flag is an error, bytes.</summary>
    [Range(1_024, 64 * 1024 * 1024)] public int MaxBytes { get; set; } = 1024 * 1024;
    /// <summary>Requests after the first that a flag may take when the origin fails in a way that may pass.</summary>
    [Range(0, 10)] public int Retries { get; set; } = 2;
    /// <summary>Wait before the first retry; doubled for each further one, spread by half of itself either way.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);
    /// <summary>How long one request may take, to the last byte of its body.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:25")] public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);
    /// <summary>How long a flag may take in all. Below Orleans' response timeout, so that the grain always answers first.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:27")] public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(25);
    /// <summary>Uploads in flight at once in this process: four saturate Azurite, and three silos must stay below the 50 at which its disk store breaks.</summary>
    [Range(1, 1_000)] public int MaxConcurrentPuts { get; set; } = 16;
}
