using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlagCloud.Tests.Faults;

/// <summary>An origin on bare sockets: whoever asks it for <c>/{fault}/{code}</c> gets what that fault's script makes of the connection.</summary>
sealed class HostileOrigin : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly ConcurrentDictionary<string, int> requests = new();
    readonly Func<string, Func<Exchange, Task>> scripts;
    readonly Task accepting;

    /// <param name="scripts">Of a fault's name, as it stands in the path, what is done.</param>
    public HostileOrigin(Func<string, Func<Exchange, Task>> scripts)
    {
        this.scripts = scripts;
        listener.Start(backlog: 512);
        accepting = Accept();
    }

    /// <summary>Such as http://127.0.0.1:40123.</summary>
    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Requests that came for this path, as they came over the wire.</summary>
    public int Requests(string path) => requests.GetValueOrDefault(path);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting;
        end.Dispose();
    }

    async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync(end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // That is its end.
        }
    }

    async Task Serve(Socket socket)
    {
        using var connection = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(connection, Encoding.Latin1);
        try
        {
            while (await reader.ReadLineAsync(end.Token) is ['G', 'E', 'T', ' ', .. var rest])
            {
                var path = rest[..rest.IndexOf(' ')];
                while (await reader.ReadLineAsync(end.Token) is { Length: > 0 }) { }
                var exchange = new Exchange(socket, connection, requests.AddOrUpdate(path, 1, (_, before) => before + 1), end.Token);
                await scripts(path.Split('/')[1])(exchange);
                if (exchange.IsOver) return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client has had enough.
        }
    }
}

/// <summary>One request, and the connection that it came by.</summary>
/// <param name="number">Of the request for this path, from 1.</param>
sealed class Exchange(Socket socket, NetworkStream connection, int number, CancellationToken end)
{
    public int Number => number;

    public bool IsOver { get; private set; }

    /// <param name="text">Latin-1; lines end as HTTP's do.</param>
    public Task Send(string text) => Send(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")));

    public async Task Send(byte[] bytes) => await connection.WriteAsync(bytes, end);

    /// <summary>A whole answer.</summary>
    /// <param name="headers">Lines, Content-Length apart.</param>
    public Task Answer(string status, string headers, byte[] body) =>
        Send([.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{(headers is "" ? "" : headers.ReplaceLineEndings("\r\n") + "\r\n")}Content-Length: {body.Length}\r\n\r\n"), .. body]);

    /// <summary>The same again and again, until the client goes away.</summary>
    public async Task Forever(string text, TimeSpan pause = default)
    {
        while (true)
        {
            await Send(text);
            await Task.Delay(pause, end);
        }
    }

    /// <summary>Nothing, until the client goes away.</summary>
    public async Task Silence()
    {
        while (await connection.ReadAsync(new byte[1], end) > 0) { }
        IsOver = true;
    }

    public Task Close()
    {
        socket.Shutdown(SocketShutdown.Send);
        IsOver = true;
        return Task.CompletedTask;
    }

    /// <summary>With a TCP reset instead of an end.</summary>
    public Task Reset()
    {
        socket.LingerState = new(true, 0);
        socket.Dispose();
        IsOver = true;
        return Task.CompletedTask;
    }
}
