using System.Net;
using System.Net.Sockets;

namespace FlagCloud.Tests.Hosting;

/// <summary>Ports that nobody listens on. Whoever binds one later may find it taken after all, and must try another.</summary>
static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
