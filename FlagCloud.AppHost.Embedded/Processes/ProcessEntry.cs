namespace Aspire.Hosting.Processes;

/// <summary>A process of this machine; id and start together are unique, since ids are used again.</summary>
internal readonly record struct ProcessEntry(int Id, int ParentId, long Start);
