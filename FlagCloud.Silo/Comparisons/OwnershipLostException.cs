namespace FlagCloud.Silo.Comparisons;

/// <summary>A comparison goes on elsewhere: the cluster took this silo for dead, and it must not write any more.</summary>
sealed class OwnershipLostException(string id) : Exception($"Comparison {id} is run by another silo by now.");
