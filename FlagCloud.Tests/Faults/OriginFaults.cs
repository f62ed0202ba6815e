using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Faults;

/// <param name="Outcome">Of every flag.</param>
/// <param name="Says">What the reason contains.</param>
/// <param name="Requests">For each flag: as the origin counts them, and as they are reported.</param>
/// <param name="OrMore">As many at most, where it is luck how often a request meets a connection that is being closed.</param>
sealed record OriginFault(Func<Exchange, Task> Script, Outcome Outcome, string? Says = null, int Requests = 1, int OrMore = 0);

/// <summary>Ten flags from an origin that means harm, with one retry, or as many as luck may need. A line a fault.</summary>
[Trait(FaultTable.Trait, "origin")]
public sealed class OriginFaults(OriginFaults.Bench bench, AzuriteFixture azurite) : IClassFixture<OriginFaults.Bench>
{
    const string Image = "Content-Type: image/svg+xml", Page = "Content-Type: text/html";

    const string TimedOut = "took longer than 0.5 s";

    // Nothing waits for the deadline of 25 s.
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    static readonly byte[] Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z"/></svg>"""u8.ToArray();

    static readonly Dictionary<string, OriginFault> All = new()
    {
        ["closed before an answer"] = new(to => to.Close(), Outcome.Error, "response ended prematurely", Requests: 2),
        ["reset before an answer"] = new(to => to.Reset(), Outcome.Error, "reset", Requests: 2),
        ["closed the first time"] = new(to => to.Number is 1 ? to.Close() : Whole(to), Outcome.Ok, Requests: 2),
        ["closed after every answer"] = new(async to => { await Whole(to); await to.Close(); }, Outcome.Ok, OrMore: 10),
        ["closed within the headers"] = new(async to => { await to.Send("HTTP/1.1 200 OK\nContent-Ty"); await to.Close(); }, Outcome.Error, "response ended prematurely", Requests: 2),
        ["not HTTP"] = new(async to => { await to.Send("SSH-2.0-OpenSSH_9.9\n\n"); await to.Close(); }, Outcome.Error, "invalid status line", Requests: 2),
        ["not HTTP, a bell and ten kilobytes"] = new(async to => { await to.Send($"SSH-2.0-\a{new string('s', 10_000)}\n\n"); await to.Close(); }, Outcome.Error, "invalid status line", Requests: 2),
        ["content type of ten kilobytes"] = new(to => to.Answer("200 OK", $"Content-Type: text/{new string('t', 10_000)}", Svg), Outcome.Error, "where an image was expected"),
        ["encoding of ten kilobytes"] = new(to => to.Answer("200 OK", $"{Image}\nContent-Encoding: {new string('e', 10_000)}", Svg), Outcome.Error, "encoding that cannot be read: eee"),
        ["headers of a megabyte"] = new(async to => { await to.Send("HTTP/1.1 200 OK\n"); await to.Forever($"X-Padding: {new string('x', 8000)}\n"); }, Outcome.Error, "headers length exceeded", Requests: 2),
        ["silence"] = new(to => to.Silence(), Outcome.Error, TimedOut, Requests: 2),
        ["endless early hints"] = new(to => to.Forever("HTTP/1.1 103 Early Hints\n\n", TimeSpan.FromMilliseconds(5)), Outcome.Error, TimedOut, Requests: 2),
        ["body drop by drop"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nContent-Length: 1000\n\n"); await to.Forever("x", TimeSpan.FromMilliseconds(50)); }, Outcome.Error, TimedOut, Requests: 2),
        ["body cut short"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nContent-Length: 1000\n\n<svg"); await to.Close(); }, Outcome.Error, "response ended prematurely", Requests: 2),
        ["body reset"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nContent-Length: 1000\n\n<svg"); await to.Reset(); }, Outcome.Error, "reset", Requests: 2),
        ["chunks without an end"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nTransfer-Encoding: chunked\n\n4\n<svg\n"); await to.Close(); }, Outcome.Error, "response ended prematurely", Requests: 2),
        ["chunk of no size"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nTransfer-Encoding: chunked\n\nzz\n<svg\n"); await to.Close(); }, Outcome.Error, "chunk", Requests: 2),
        ["length that is no number"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nContent-Length: many\n\n<svg/>"); await to.Close(); }, Outcome.Error, "length that is no number"),
        ["length of a terabyte"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nContent-Length: 1000000000000\n\n<svg/>"); await to.Close(); }, Outcome.Error, "larger than 1048576 bytes"),
        ["body without an end"] = new(async to => { await to.Send($"HTTP/1.1 200 OK\n{Image}\nConnection: close\n\n"); await to.Forever(new string(' ', 65_536)); }, Outcome.Error, "larger than 1048576 bytes"),
        ["empty body"] = new(to => to.Answer("200 OK", Image, []), Outcome.Error, "empty body", Requests: 2),
        ["page instead of an image"] = new(to => to.Answer("200 OK", Page, Svg), Outcome.Error, "text/html where an image was expected"),
        ["no content type"] = new(to => to.Answer("200 OK", "", Svg), Outcome.Error, "no content type"),
        ["304 that nobody asked for"] = new(to => to.Send("HTTP/1.1 304 Not Modified\n\n"), Outcome.Error, "answered 304"),
        ["redirect into our network"] = new(to => to.Answer("302 Found", "Location: http://169.254.169.254/latest/", []), Outcome.Error, "answered 302"),
        ["not found"] = new(to => to.Answer("404 Not Found", Page, Svg), Outcome.NotFound),
        ["500 always"] = new(to => to.Answer("500 Internal Server Error", Page, Svg), Outcome.Error, "answered 500", Requests: 2),
        ["503 the first time"] = new(to => to.Number is 1 ? to.Answer("503 Service Unavailable", "Retry-After: 0", []) : Whole(to), Outcome.Ok, Requests: 2),
        ["Retry-After of a minute"] = new(to => to.Answer("429 Too Many Requests", "Retry-After: 60", []), Outcome.Error, "answered 429"),
        ["Retry-After of fifty days"] = new(to => to.Answer("429 Too Many Requests", "Retry-After: 4320000", []), Outcome.Error, "answered 429"),
        ["Retry-After in the year 9999"] = new(to => to.Answer("503 Service Unavailable", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", []), Outcome.Error, "answered 503"),
        ["status text of a bell and ten kilobytes"] = new(to => to.Answer($"418 t\a{new string('t', 10_000)}", "", []), Outcome.Error, "answered 418 t tt"),
        ["gzip that nobody asked for"] = new(to => to.Answer("200 OK", $"{Image}\nContent-Encoding: gzip", Gzip(Svg)), Outcome.Ok),
        ["gzip bomb"] = new(to => to.Answer("200 OK", $"{Image}\nContent-Encoding: gzip", Gzip(new byte[64 << 20])), Outcome.Error, "larger than 1048576 bytes"),
        ["gzip that is none"] = new(to => to.Answer("200 OK", $"{Image}\nContent-Encoding: gzip", Svg), Outcome.Error, "unsupported compression method", Requests: 2),
        ["encoding that nobody knows"] = new(to => to.Answer("200 OK", $"{Image}\nContent-Encoding: rot13", Svg), Outcome.Error, "encoding that cannot be read: rot13"),
        ["digest of other bytes"] = new(to => to.Answer("200 OK", $"{Image}\nRepr-Digest: sha-256=:{Convert.ToBase64String(new byte[32])}:", Svg), Outcome.Error, "not the ones that the origin announced", Requests: 2),
        ["ETag of thirty kilobytes"] = new(to => to.Answer("200 OK", $"{Image}\nETag: \"{new string('e', 30_000)}\"", Svg), Outcome.Ok),
        ["ETag with a control character"] = new(to => to.Answer("200 OK", $"{Image}\nETag: \"a\u0001b\u00e4\"", Svg), Outcome.Ok),
        ["second answer after the first"] = new(
            to => to.Send([.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\n{Image}\nContent-Length: {Svg.Length}\n\n".ReplaceLineEndings("\r\n")), .. Svg, .. "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother"u8]), Outcome.Ok),
        ["address that is not ASCII, \u00e4"] = new(Whole, Outcome.Ok),
    };

    public static TheoryData<string> Cells => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Origin(string cell)
    {
        var host = await bench.Host(azurite);
        var fault = All[cell];
        var begunAt = Stopwatch.GetTimestamp();

        var comparison = await host.Run(new { origin = $"{bench.Origin.Address}/{Segment(cell)}/{{code}}", limit = 10, retries = Math.Max(1, fault.OrMore - 1), attemptTimeoutSeconds = fault.Says is TimedOut ? 0.5 : 5, warmup = false, strategies = new[] { "async" } });

        var downloads = await FaultTable.Holds(host, comparison);
        Assert.Equal((ComparisonStatus.Completed, 10), (comparison.Status, downloads.Count));
        Assert.All(downloads, download =>
        {
            Assert.Equal(fault.Outcome, download.Outcome);
            Assert.InRange(download.Attempts, fault.Requests, Math.Max(fault.Requests, fault.OrMore));
            // Of a request that met a connection being closed, the origin may have read nothing.
            Assert.InRange(bench.Origin.Requests($"/{Uri.EscapeDataString(Segment(cell))}/{download.Country}"), fault.OrMore > 0 ? 1 : download.Attempts, download.Attempts);
            if (fault.Says is { } says) Assert.Contains(says, download.Reason, StringComparison.Ordinal);
            if (fault.Outcome is Outcome.Ok) Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Svg)), download.Sha256); // Decoded, if it was encoded.
        });
        Assert.InRange(Stopwatch.GetElapsedTime(begunAt), TimeSpan.Zero, Soon);
        FaultTable.Row("origin", cell, comparison, downloads, begunAt);
    }

    [Fact]
    public async Task Deadline_does_not_hide_what_it_was_spent_on()
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:AllowedOrigins:0"] = bench.Origin.Address, ["Flags:Deadline"] = "00:00:01", ["Flags:RetryDelay"] = "00:00:00.3" });

        var comparison = await host.Run(new { origin = $"{bench.Origin.Address}/500-always/deadline-{{code}}", retries = 10, limit = 2, warmup = false, strategies = new[] { "async" } });

        Assert.All(await FaultTable.Holds(host, comparison), download => Assert.Equal("not done within the deadline of 1 s; last: the origin answered 500 Internal Server Error", download.Reason));
    }

    [Fact]
    public async Task Allowed_name_that_leads_into_our_own_network_is_not_connected_to()
    {
        // Such a name stands in most machines' hosts file.
        var names = File.Exists("/etc/hosts") ? File.ReadLines("/etc/hosts").Where(line => line.StartsWith("127.", StringComparison.Ordinal)).SelectMany(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1..]) : [];
        var name = names.FirstOrDefault(name => name is not "localhost" && Dns.GetHostAddresses(name).All(IPAddress.IsLoopback));
        if (name is null) Assert.Skip("No name but localhost leads to this machine.");
        var port = new Uri(bench.Origin.Address).Port;
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:AllowedOrigins:0"] = $"http://{name}:{port}" });

        var comparison = await host.Run(new { origin = $"http://{name}:{port}/empty-body/named-{{code}}", limit = 2, warmup = false, strategies = new[] { "async" } });

        Assert.All(await FaultTable.Holds(host, comparison), download => Assert.Contains("resolves to no address outside of this network", download.Reason, StringComparison.Ordinal));
        Assert.Equal(0, bench.Origin.Requests("/empty-body/named-cn"));
    }

    static Task Whole(Exchange to) => to.Answer("200 OK", Image, Svg);

    static byte[] Gzip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(content);
        return zipped.ToArray();
    }

    static string Segment(string cell) => cell.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal);

    /// <summary>The origin, and a silo that may fetch from it.</summary>
    public sealed class Bench : IAsyncDisposable
    {
        SiloHost? host;

        internal HostileOrigin Origin { get; } = new(segment => All.Single(fault => Uri.EscapeDataString(Segment(fault.Key)) == segment).Value.Script);

        internal async Task<SiloHost> Host(AzuriteFixture azurite) => host ??= await SiloHost.Start(azurite, All.Keys.Index().ToDictionary(
            cell => $"Flags:AllowedOrigins:{cell.Index}", string? (cell) => $"{Origin.Address}/{Segment(cell.Item)}"));

        public async ValueTask DisposeAsync()
        {
            if (host is not null) await host.DisposeAsync();
            await Origin.DisposeAsync();
        }
    }
}
