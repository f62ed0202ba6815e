using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Faults;

/// <param name="Status">0: none came in time.</param>
sealed record FuzzedAnswer(byte[] Request, int Status, TimeSpan Took)
{
    public override string ToString() => $"{Status} after {Took.TotalSeconds:0.0} s: {Encoding.Latin1.GetString(Request.AsSpan()[..Math.Min(Request.Length, 900)]).ReplaceLineEndings("⏎")}";
}

/// <summary>Requests over every route that the web has: what is sent is a pure function of the seed, each request whole in HTTP's terms, and wrong in others.</summary>
sealed class Fuzzer(SiloHost host, string comparison, string? key, int seed)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get"];

    static readonly string[] Segments =
    [
        "br", "zz", "BR", "1", "9", "-1", "0", "waiting", "..", "..%2f..%2fetc", "%252e%252e", "..;", "%00", "%", "%zz", "%c0%af", "a%0d%0aX: y", "\u00e4", "null", "undefined", "*", "~", "con", "br.svg", "br.svg.svg", " ", "+",
        "<img src=x onerror=alert(1)>", "{id}", "20260101-000000-000-0000", "20260101-000000-000-0000.json", new('a', 2_000), "%F0%9F%8F%81", "\ud83c\udff1", "' or 1=1--", "$(reboot)", "\\\\server\\share", "C:", "::$DATA",
    ];

    static readonly string[] Hosts = ["", "evil.example", "a b", "[::1", "[::1]", "localhost:99999", "localhost:", ":80", "..", "xn--", "127.0.0.1@evil.example", "\u00e4.example", new('h', 300), "*", "0", "127.1"];

    static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/html", "text/csv", "application/json;q=x", "text/event-stream", ";;;", "", "a/b, c", new('a', 4_000)]),
        ("Accept-Encoding", ["br", "gzip", "br;q=0", "identity;q=0, *;q=0", ",,,", "br;q=nan"]),
        ("Accept-Language", ["de", "xx-invalid-xxxxxxxxxxxxxxx", ";"]),
        ("If-None-Match", ["*", "\"0\"", "W/\"", "\"", "x, y"]), ("If-Modified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"]), ("If-Match", ["*", "\"1\"", "x"]),
        ("Range", ["bytes=0-0", "bytes=5-1", "bytes=-99999999999999999999", "bytes=0-,0-,0-", "lines=1"]),
        ("Content-Type", ["application/json", "application/json; charset=nothing", "application/json; charset=utf-16", "text/plain", "multipart/form-data", "multipart/form-data; boundary=\"", "application/x-www-form-urlencoded", "/", "\u00e4", ""]),
        ("Authorization", ["Bearer", "Bearer wrong", "Basic Og==", "Bearer \u00e4", "Negotiate x", new('A', 6_000)]),
        ("Origin", ["null", "http://evil.example", "x", ""]), ("Sec-Fetch-Site", ["cross-site", "same-origin", "none", "x"]), ("Referer", ["x", "http://evil.example/"]),
        ("X-Forwarded-Proto", ["https", "x", "https,http"]), ("X-Forwarded-For", ["::1", "not an address", "1.1.1.1, 2.2.2.2"]), ("X-Forwarded-Host", ["evil.example"]), ("X-HTTP-Method-Override", ["DELETE"]),
        ("Cookie", ["a=b", "=;=;", ".AspNetCore.Antiforgery.x=y", new('c', 3_000)]), ("Connection", ["close", "Upgrade", "keep-alive, x"]), ("Upgrade", ["websocket", "h2c", "x"]),
        ("Sec-WebSocket-Key", ["dGhlIHNhbXBsZSBub25jZQ==", "x"]), ("Sec-WebSocket-Version", ["13", "99", "x"]), ("Expect", ["100-continue", "x"]), ("Last-Event-ID", ["1", "x"]), ("traceparent", ["00-x", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]),
        ("X-Requested-With", ["XMLHttpRequest"]), ("blazor-enhanced-nav", ["on"]), ("Max-Forwards", ["0"]), ("TE", ["trailers"]), ("X-Odd", ["\t", "\u00ff", new('o', 7_000)]),
    ];

    static readonly string[] Bodies =
    [
        "", "{}", "null", "[]", "1", "\"x\"", "{\"rounds\":", "{\"rounds\":1}", """{"countries":["br"],"strategies":["async"],"rounds":1,"warmup":false,"profile":"local"}""", """{"countries":"all","limit":3,"profile":"local","rounds":1}""",
        """{"rounds":1e400}""", """{"seed":-0}""", """{"seed":99999999999999999999}""", """{"limit":1.5}""", """{"countries":["\ud800"]}""", """{"countries":[[[[]]]]}""", """{"origin":"http://localhost/{code}"}""", """{"origin":"","profile":""}""",
        """{"ciWidth":"NaN"}""", """{"ciWidth":1e-320}""", """{"attemptTimeoutSeconds":1e308}""", """{"mode":99}""", """{"work":{}}""", """{"strategies":null}""", """{"strategies":[null]}""", """{"$type":"System.Object"}""", """{"":1}""", "\u0000", "\ufeff{}",
        new('[', 5_000), $$"""{"{{new string('k', 9_000)}}":1}""", new(' ', 70_000), "a=b&c=d", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--", "\u001e", "{\"protocol\":\"json\",\"version\":1}\u001e",
    ];

    readonly (string Method, string Pattern)[] routes = [.. host.WebServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"], (endpoint, method) => (method, "/" + endpoint.RoutePattern.RawText?.TrimStart('/'))).Distinct().Order()];

    public int Routes => routes.Length;

    /// <summary>Sends so many requests, eight at once.</summary>
    /// <returns>Every answer.</returns>
    public async Task<IReadOnlyCollection<FuzzedAnswer>> Send(int count)
    {
        var answers = new ConcurrentBag<FuzzedAnswer>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => answers.Add(await Answer(Request(new Random(seed * 1_000_003 + number)))));
        return answers;
    }

    public static string Summary(IReadOnlyCollection<FuzzedAnswer> answers) => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", answers.CountBy(answer => answer.Status).OrderBy(count => count.Key).Select(count => $"{count.Key}: {count.Value}"))}; slowest {answers.Max(answer => answer.Took).TotalSeconds:0.0} s");

    async Task<FuzzedAnswer> Answer(byte[] request)
    {
        var begunAt = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true, LingerState = new(true, 0) };
        var status = 0;
        try
        {
            await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, patience.Token);
            var sending = client.GetStream().WriteAsync(request, patience.Token).AsTask();
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            // An interim answer is none, but for the one that switches protocols.
            while (status is 0 or (>= 100 and < 200 and not 101) && await reader.ReadLineAsync(patience.Token) is { } line)
                if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) status = int.Parse(line.AsSpan(9, 3));
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Who is refused early does not read the rest.
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Then what has come is the answer, or there is none.
        }
        return new(request, status, Stopwatch.GetElapsedTime(begunAt));
    }

    byte[] Request(Random random)
    {
        bool Chance(double probability) => random.NextDouble() < probability;
        T Any<T>(T[] values) => values[random.Next(values.Length)];

        var (method, pattern) = Any(routes);
        if (Chance(0.25)) method = Any(Methods);
        var path = string.Join('/', pattern.Split('/').Select(segment => segment.Contains('{', StringComparison.Ordinal) ? Filled(segment) : Chance(0.03) ? Any(Segments) : segment));
        if (Chance(0.05)) path += "/" + Any(Segments);
        if (Chance(0.03)) path = path.Replace("/", "//", StringComparison.Ordinal);
        if (Chance(0.3)) path += $"?{Any(["limit", "sha256", "id", "page", "run", "round", "negotiateVersion", "transport", "a", ""])}={Any(Segments)}&{Any(["limit", "b", "limit"])}={random.Next(-5, 300)}";
        string Filled(string segment) => segment.EndsWith(".svg", StringComparison.Ordinal) ? (Chance(0.4) ? "br" : Any(Segments)) + ".svg" : Chance(0.4) ? comparison : Any(Segments);

        var head = new StringBuilder($"{method} {Sendable(path)} HTTP/1.{(Chance(0.03) ? 0 : 1)}\r\n");
        if (Chance(0.95)) head.Append($"Host: {(Chance(0.1) ? Any(Hosts) : host.Client.BaseAddress!.Authority)}\r\n");
        if (Chance(0.01)) head.Append("Host: second.example\r\n");
        if (key is not null && Chance(0.5)) head.Append($"Authorization: Bearer {key}\r\n");
        foreach (var (name, values) in random.GetItems(Headers, random.Next(4))) head.Append($"{name}: {Any(values)}\r\n");

        var body = Mutated(Encoding.UTF8.GetBytes(method is "GET" or "HEAD" && Chance(0.9) ? "" : Any(Bodies)));
        if (body.Length > 0 && Chance(0.8)) head.Append($"Content-Type: {(Chance(0.9) ? "application/json" : "text/plain")}\r\n");
        return Chance(0.1) ? [.. Latin1($"{head}Transfer-Encoding: chunked\r\n\r\n{(body.Length > 0 ? $"{body.Length:x}\r\n" : "")}"), .. body, .. Latin1($"{(body.Length > 0 ? "\r\n" : "")}0\r\n\r\n")]
            : Chance(0.02) ? Latin1($"{head}Content-Length: {Any(["abc", "-1", "1, 2", "99999999999999999999", "0x10", "+1"])}\r\n\r\n")
            : [.. Latin1($"{head}{(body.Length > 0 || Chance(0.5) ? $"Content-Length: {body.Length}\r\n" : "")}\r\n"), .. body];

        byte[] Mutated(byte[] whole)
        {
            if (whole is [] || !Chance(0.4)) return whole;
            for (var times = random.Next(1, 4); times > 0 && whole is not []; times--)
            {
                var at = random.Next(whole.Length);
                whole = random.Next(3) switch
                {
                    0 => [.. whole[..at], (byte)random.Next(256), .. whole[(at + 1)..]],
                    1 => [.. whole[..at], .. whole[(at + 1)..]],
                    _ => [.. whole[..at], .. whole[..at], .. whole[at..]],
                };
            }
            return whole;
        }
    }

    // Blanks and line ends would make another request of it; every other byte goes as it is.
    static string Sendable(string path) => path.Replace(" ", "%20", StringComparison.Ordinal).ReplaceLineEndings("");

    static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
