using System.Net;
using System.Net.Sockets;

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// Ports that nobody listens on, none twice. They lie below those that systems give to outgoing connections and to whoever asks for any port, so that none is taken between its choice and its use.
/// </summary>
static class FreePort
{
    const int First = 20_000, Count = 12_000;

    static int next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Somebody else's: the next one, then.
            }
        }
    }
}
