namespace Aspire.Hosting;

/// <summary>The command line or the configuration asks for something that does not exist.</summary>
internal sealed class UsageException(string message) : DistributedApplicationException(message);
