using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using FlagCloud.Origin.Profiles;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Origin;

public sealed class ProfileTests(OriginFixture origin) : IClassFixture<OriginFixture>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faulty => [.. Profile.All.Values.Where(p => p.Fault != Fault.None).Select(p => p.Name)];

    [Fact]
    public async Task Profiles_lists_each_with_its_description()
    {
        var listed = await origin.Client.GetFromJsonAsync<JsonElement[]>("profiles", Cancelled);

        Assert.Equal(
            Profile.All.Values.Select(p => (p.Name, p.Description)),
            listed!.Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("description").GetString()!)));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Attempt_without_a_fault_gets_the_flag(string profile)
    {
        using var response = await SendAsync(profile, Fault.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(NpmFlags.Read("br"), await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("slow")]
    [InlineData("stragglers")]
    public async Task Delay_is_the_one_that_was_drawn(string profile)
    {
        using var response = await origin.Client.SendAsync(Requests.Flag(profile, seed: 9), Cancelled);
        var drawn = Draws.Of(Profile.All[profile], 9, "br", 1).Delay.TotalMilliseconds;

        // Never less, but for the header's rounding; how much more depends on the machine.
        Assert.InRange(response.Delay().TotalMilliseconds, drawn - 0.001, drawn + 5000);
    }

    [Fact]
    public async Task Error_brews_before_it_looks_at_the_path()
    {
        var attempt = Enumerable.Range(1, 1000).First(a => Draws.Of(Profile.All["error"], 1, "zz", a) is { Fault: Fault.Teapot, Delay.TotalSeconds: < 1 });
        using var response = await origin.Client.SendAsync(Requests.Flag("error", "zz", attempt: attempt), Cancelled);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.InRange(response.Delay().TotalSeconds, 0.49, 5);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Flaky_says_when_to_try_again(int seconds)
    {
        var attempt = Requests.AttemptWhere("flaky", d => d.Fault == Fault.Unavailable && d.RetryAfterSeconds == seconds);
        using var response = await origin.Client.SendAsync(Requests.Flag("flaky", attempt: attempt), Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Reset_ends_the_connection_before_the_headers()
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("reset", Fault.Reset));

        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Truncate_ends_the_connection_after_half_of_the_body()
    {
        using var response = await SendAsync("truncate", Fault.Truncated);
        var whole = NpmFlags.Read("br");
        var (body, error) = await ReadAsFarAsPossibleAsync(response, Cancelled);

        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        Assert.Equal(whole[..(whole.Length / 2)], body);
        Assert.IsAssignableFrom<IOException>(error);
    }

    [Fact]
    public async Task Stall_sends_half_of_the_body_and_then_waits_for_the_client_to_go()
    {
        using var response = await SendAsync("stall", Fault.Stalled);
        var whole = NpmFlags.Read("br");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        var (body, error) = await ReadAsFarAsPossibleAsync(response, patience.Token);

        Assert.Equal(whole[..(whole.Length / 2)], body);
        Assert.IsAssignableFrom<OperationCanceledException>(error);
    }

    [Fact]
    public async Task Corrupt_sends_a_body_that_its_digest_gives_away()
    {
        using var response = await SendAsync("corrupt", Fault.Corrupted);
        var whole = NpmFlags.Read("br");
        var body = await response.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal(whole.Length, body.Length);
        Assert.Equal(1, body.Zip(whole).Count(pair => pair.First != pair.Second));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(whole))}:", Assert.Single(response.Headers.GetValues("Repr-Digest")));
    }

    [Fact]
    public async Task Wrongtype_sends_a_page_with_status_200()
    {
        using var response = await SendAsync("wrongtype", Fault.WrongType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Oversize_sends_the_flag_and_64_MiB_in_all()
    {
        using var response = await SendAsync("oversize", Fault.Oversized);
        var flag = NpmFlags.Read("br");
        await using var stream = await response.Content.ReadAsStreamAsync(Cancelled);
        var start = new byte[flag.Length];
        await stream.ReadExactlyAsync(start, Cancelled);
        var rest = new CountingStream();
        await stream.CopyToAsync(rest, Cancelled);

        Assert.Equal(64 << 20, response.Content.Headers.ContentLength);
        Assert.Equal(flag, start);
        Assert.Equal((64 << 20) - flag.Length, rest.Written);
    }

    [Fact]
    public async Task Two_passes_with_the_same_seed_meet_the_same_luck_in_any_order()
    {
        var forth = await PassAsync(Requests.Codes);
        var back = await PassAsync([.. Requests.Codes.Reverse()]);

        Assert.Equal(forth.OrderBy(p => p.Key, StringComparer.Ordinal), back.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], forth.Values.Distinct().Order());
        return;

        async Task<Dictionary<string, HttpStatusCode>> PassAsync(string[] codes) =>
            (await Task.WhenAll(codes.Select(async code =>
            {
                using var response = await origin.Client.SendAsync(Requests.Flag("flaky", code, seed: 5, attempt: 2), Cancelled);
                var draw = Draws.Of(Profile.All["flaky"], 5, code, 2);
                Assert.Equal(draw.Fault == Fault.None ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.InRange(response.Delay().TotalMilliseconds, draw.Delay.TotalMilliseconds - 0.001, draw.Delay.TotalMilliseconds + 5000);
                return KeyValuePair.Create(code, response.StatusCode);
            }))).ToDictionary();
    }

    Task<HttpResponseMessage> SendAsync(string profile, Fault fault)
    {
        var attempt = Requests.AttemptWhere(profile, draw => draw.Fault == fault && draw.Delay < TimeSpan.FromSeconds(1));
        return origin.Client.SendAsync(Requests.Flag(profile, attempt: attempt), HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    static async Task<(byte[] Body, Exception? Error)> ReadAsFarAsPossibleAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(body, cancellationToken);
            return (body.ToArray(), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (body.ToArray(), e is HttpRequestException { InnerException: { } inner } ? inner : e);
        }
    }
}
