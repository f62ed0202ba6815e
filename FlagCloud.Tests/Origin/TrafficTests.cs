using System.Net;
using FlagCloud.Origin.Http;
using FlagCloud.Origin.Profiles;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Origin;

public sealed class TrafficTests
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousand_requests_at_once_are_all_accepted_and_counted()
    {
        await using var origin = await OriginFixture.StartAsync();
        var held = await HoldAsync(origin, 1000);
        try
        {
            Assert.All(held, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
            // None has ended, so each saw one more than the one before it.
            Assert.Equal(Enumerable.Range(1, 1000), held.Select(InFlight).Order());
            Assert.Equal(new TrafficStatistics(1000, 1000, 1000), await origin.StatisticsAsync());
        }
        finally
        {
            Release(held);
        }
        await origin.WaitForInFlightAsync(0, Deadline);

        Assert.Equal(new TrafficStatistics(0, 1000, 1000), await origin.StatisticsAsync());
    }

    [Fact]
    public async Task Only_requests_for_flags_count()
    {
        await using var origin = await OriginFixture.StartAsync();
        foreach (var path in new[] { "profiles", "stats", "health", "alive", "" })
            Assert.InRange((int)(await origin.Client.GetAsync(path, Cancelled)).StatusCode, 200, 302);

        Assert.Equal(new TrafficStatistics(0, 0, 0), await origin.StatisticsAsync());

        await origin.Client.GetAsync("local/flags/br.svg", Cancelled);
        await origin.Client.GetAsync("local/flags/br/metadata.json", Cancelled);
        await origin.WaitForInFlightAsync(0, Deadline);

        Assert.Equal(2, (await origin.StatisticsAsync()).Requests);
    }

    [Fact]
    public async Task Throttle_refuses_the_ninth_in_flight()
    {
        await using var origin = await OriginFixture.StartAsync();
        var held = await HoldAsync(origin, 7);
        try
        {
            using var eighth = await origin.Client.SendAsync(Requests.Flag("throttle"), Cancelled);
            Assert.Equal((HttpStatusCode.OK, 8), (eighth.StatusCode, InFlight(eighth)));
            await origin.WaitForInFlightAsync(7, Deadline);
            held = [.. held, .. await HoldAsync(origin, 1)];

            using var ninth = await origin.Client.SendAsync(Requests.Flag("throttle"), Cancelled);
            Assert.Equal((HttpStatusCode.TooManyRequests, 9), (ninth.StatusCode, InFlight(ninth)));
            Assert.Equal(TimeSpan.FromSeconds(1), ninth.Headers.RetryAfter!.Delta);
            Assert.Equal(TimeSpan.Zero, ninth.Delay());
        }
        finally
        {
            Release(held);
        }
    }

    [Fact]
    public async Task Delay_ends_when_the_client_goes_away()
    {
        await using var origin = await OriginFixture.StartAsync();
        using var abandon = new CancellationTokenSource();
        var attempt = Requests.AttemptWhere("delay", draw => draw.Delay > TimeSpan.FromSeconds(4.9));
        var request = origin.Client.SendAsync(Requests.Flag("delay", attempt: attempt), abandon.Token);
        await origin.WaitForInFlightAsync(1, TimeSpan.FromSeconds(4));
        await abandon.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await origin.WaitForInFlightAsync(0, TimeSpan.FromSeconds(3));
    }

    /// <summary>Requests that stay in flight until they are disposed of: their bodies are stalled.</summary>
    static Task<HttpResponseMessage[]> HoldAsync(OriginFixture origin, int count)
    {
        var attempt = Requests.AttemptWhere("stall", draw => draw.Fault == Fault.Stalled);
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
            origin.Client.SendAsync(Requests.Flag("stall", attempt: attempt), HttpCompletionOption.ResponseHeadersRead, Cancelled)));
    }

    static void Release(HttpResponseMessage[] held)
    {
        foreach (var response in held)
            response.Dispose();
    }

    static int InFlight(HttpResponseMessage response) => int.Parse(Assert.Single(response.Headers.GetValues(OriginHeaders.InFlight)), null);
}
