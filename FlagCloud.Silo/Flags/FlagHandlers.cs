using System.Net;
using System.Net.Sockets;

namespace FlagCloud.Silo.Flags;

/// <summary>How flags are fetched over the network.</summary>
static class FlagHandlers
{
    // Loopback, private, link-local, shared, for benchmarks, unspecified, multicast and reserved.
    static readonly IPNetwork[] OfOurOwn =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Follows no redirect, since an origin was checked against the allow-list and must not send us elsewhere; decodes what is encoded, within the size limit.</summary>
    /// <param name="foreign">Whether a request named the origin: then its name must not lead into our own network either.</param>
    public static SocketsHttpHandler Of(bool foreign) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = foreign ? ConnectToPublicAddress : null,
    };

    static async ValueTask<Stream> ConnectToPublicAddress(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        // An address, or this machine by name, stands in the allow-list because somebody wanted it; a name may resolve to anything.
        var meant = IPAddress.TryParse(host, out var literal) || host is "localhost";
        var addresses = literal is null ? await Dns.GetHostAddressesAsync(host, cancellationToken) : [literal];
        var allowed = meant ? addresses : Array.FindAll(addresses, IsPublic);
        if (allowed is []) throw new HttpRequestException($"{host} resolves to no address outside of this network");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static bool IsPublic(IPAddress address) => !Array.Exists(OfOurOwn, network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
