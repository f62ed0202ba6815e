namespace FlagCloud.Tests.Deploy;

/// <summary>A container of a manifest: its name and its environment, as the file has it.</summary>
sealed record ManifestService(string Name, IReadOnlyDictionary<string, string> Environment);
