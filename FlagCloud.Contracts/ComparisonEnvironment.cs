namespace FlagCloud.Contracts;

/// <summary>On what a comparison ran. Figures of two comparisons may be held side by side only if these agree.</summary>
/// <param name="GcMode">"server" or "workstation", and whether it is concurrent.</param>
/// <param name="Origin">Base address, or the URL template of a foreign origin.</param>
/// <param name="Storage">The blob service's address, without credentials.</param>
/// <param name="Silos">Names of the cluster's active silos.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.ComparisonEnvironment")]
public sealed record ComparisonEnvironment(
    [property: Id(0)] string Machine,
    [property: Id(1)] string OperatingSystem,
    [property: Id(2)] int Cores,
    [property: Id(3)] string Runtime,
    [property: Id(4)] string GcMode,
    [property: Id(5)] string BuildConfiguration,
    [property: Id(6)] string Origin,
    [property: Id(7)] string Storage,
    [property: Id(8)] IReadOnlyList<string> Silos);
