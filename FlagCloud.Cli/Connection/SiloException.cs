namespace FlagCloud.Cli.Connection;

/// <summary>The silo could not be asked, or could not answer.</summary>
/// <param name="mayPass">Whether the same request may well succeed a little later.</param>
sealed class SiloException(string message, bool mayPass, Exception? inner = null) : Exception(message, inner)
{
    public bool MayPass => mayPass;
}
