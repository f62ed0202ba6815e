namespace FlagCloud.Silo.Flags;

/// <summary>What is stored of a flag.</summary>
/// <param name="Encoding">Content encoding; null: as it came.</param>
sealed record FlagUpload(byte[] Content, string? Encoding, byte[] Md5);
