namespace Aspire.Hosting;

/// <summary>Something in the app or on the machine that the user can put right; the message says what.</summary>
public class DistributedApplicationException(string message, Exception? inner = null) : Exception(message, inner);
