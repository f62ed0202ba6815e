using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Ports;

/// <summary>A port that nothing listens on, kept from other AppHosts of this user until this process ends.</summary>
internal sealed class PortClaim : IDisposable
{
    readonly FileStream? file;

    PortClaim(int port, FileStream? file) => (Port, this.file) = (port, file);

    public int Port { get; }

    public static PortClaim? TryClaim(int port)
    {
        // The claim comes first: two AppHosts that start at the same moment would both find the port free.
        if (!MachineLock.TryTake($"port-{port}", out var file))
            return null;
        if (IsFree(port))
            return new(port, file);
        file?.Dispose();
        return null;
    }

    public static PortClaim Any()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            if (TryClaim(port) is { } claim)
                return claim;
        }
        throw new DistributedApplicationException("No free TCP port was found in 100 tries. End what holds so many ports, and try again.");
    }

    public void Dispose() => file?.Dispose();

    // Bound without listening: nothing is reachable meanwhile, and every address is covered.
    static bool IsFree(int port)
    {
        try
        {
            using var socket = Socket.OSSupportsIPv6
                ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
                : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
