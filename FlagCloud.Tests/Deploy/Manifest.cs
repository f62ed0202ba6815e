namespace FlagCloud.Tests.Deploy;

/// <summary>What the smoke test takes from a manifest. All else (images, probes, networks) has tests of its own.</summary>
sealed record Manifest(IReadOnlyList<ManifestService> Silos, ManifestService Origin)
{
    /// <summary>What stands in for secrets that no file has.</summary>
    public const string ApiKey = "a key for the smoke tests";
}
