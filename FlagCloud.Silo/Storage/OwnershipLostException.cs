namespace FlagCloud.Silo.Storage;

/// <summary>The work on a record goes on elsewhere: the cluster took this silo for dead, and it must not write any more.</summary>
sealed class OwnershipLostException(string id) : Exception($"{id} is run by another silo by now.");
