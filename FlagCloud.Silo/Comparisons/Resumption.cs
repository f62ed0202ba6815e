using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>What is known of a run that was interrupted.</summary>
/// <param name="Recorded">Downloads that had ended and were written down; they are not done again.</param>
/// <param name="Repeated">Countries whose flag had been stored, but nobody had written down how that ended; they are done again.</param>
sealed record Resumption(IReadOnlyList<Download> Recorded, IReadOnlySet<string> Repeated);
