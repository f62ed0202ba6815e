using System.Net;
using System.Net.Sockets;

namespace FlagCloud.Silo.Flags;

/// <summary>How flags are fetched over the network.</summary>
static class FlagHandlers
{
    /// <summary>Follows no redirect, since an origin was checked against the allow-list and must not send us elsewhere; decodes what is encoded, within the size limit.</summary>
    /// <param name="foreign">Whether a request named the origin: then its name must not lead into our own network either.</param>
    public static SocketsHttpHandler Of(bool foreign)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (foreign) handler.ConnectCallback = ConnectToPublicAddress;
        return handler;
    }

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

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any)
            && (address.AddressFamily is not AddressFamily.InterNetwork || IsPublicV4(address.GetAddressBytes()));
    }

    static bool IsPublicV4(byte[] address) => address switch
    {
        [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [>= 224, ..] => false,
        [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..] or [198, 18 or 19, ..] => false,
        _ => true,
    };
}
