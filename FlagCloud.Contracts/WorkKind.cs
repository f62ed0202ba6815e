namespace FlagCloud.Contracts;

/// <summary>The CPU-bound work done on a flag between its download and its upload.</summary>
public enum WorkKind
{
    None,

    /// <summary>Compress with Brotli and store with that content encoding.</summary>
    Brotli,
}
