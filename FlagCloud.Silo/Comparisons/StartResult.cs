using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <param name="Comparison">Null where nothing was started; then either <paramref name="Errors"/> says of each field what is wrong, or the queue is full.</param>
sealed record StartResult(Comparison? Comparison, Dictionary<string, string[]> Errors, bool IsFull);
