using System.Net.Sockets;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>redis-server on a free port, in memory.</summary>
sealed class Redis(Daemon daemon, int port) : IAsyncDisposable
{
    public int Port => port;

    public static async Task<Redis> Start()
    {
        Daemon.SkipWhereItCannotRun();
        if (Tool.Find("redis-server") is not { } program)
        {
            Assert.Skip("redis-server is not installed (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis).");
            return null!;
        }
        var port = FreePort.Next();
        var daemon = Daemon.Start(
            program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], Path.GetTempPath(), new Dictionary<string, string>());
        await daemon.Until($"Redis listens on {port}", async () =>
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return new(daemon, port);
    }

    public ValueTask DisposeAsync() => daemon.DisposeAsync();
}
