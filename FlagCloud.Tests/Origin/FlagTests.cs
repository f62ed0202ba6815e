using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Origin;

public sealed class FlagTests(OriginFixture origin) : IClassFixture<OriginFixture>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_flag_is_what_npm_delivered_with_true_headers()
    {
        Assert.Equal(271, Requests.Codes.Length);
        foreach (var code in Requests.Codes)
        {
            using var response = await origin.Client.SendAsync(Requests.Flag("local", code), HttpCompletionOption.ResponseHeadersRead, Cancelled);
            var announced = response.Content.Headers.ContentLength;
            var body = await response.Content.ReadAsByteArrayAsync(Cancelled);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(NpmFlags.Read(code), body);
            Assert.Equal(body.Length, announced);
            Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.ToString());
            Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:", Assert.Single(response.Headers.GetValues("Repr-Digest")));
            Assert.False(response.Headers.ETag!.IsWeak);
            Assert.NotNull(response.Content.Headers.LastModified);
            Assert.True(response.Headers.CacheControl!.Public);
            Assert.Equal(TimeSpan.Zero, response.Delay());
        }
    }

    [Fact]
    public async Task Different_flags_have_different_tags()
    {
        var tags = new HashSet<string>();
        foreach (var code in new[] { "br", "cn", "gb-eng", "un" })
            Assert.True(tags.Add((await origin.Client.SendAsync(Requests.Flag("local", code), Cancelled)).Headers.ETag!.Tag));
    }

    [Fact]
    public async Task Svg_is_served_so_that_it_cannot_run_script()
    {
        using var response = await origin.Client.SendAsync(Requests.Flag("local"), Cancelled);

        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        using var get = await origin.Client.SendAsync(Requests.Flag("local"), Cancelled);
        using var head = await origin.Client.SendAsync(Requests.Flag("local", method: HttpMethod.Head), Cancelled);

        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("\"other\", {0}", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task If_none_match_decides(string format, int expected)
    {
        using var first = await origin.Client.SendAsync(Requests.Flag("local"), Cancelled);
        var request = Requests.Flag("local");
        request.Headers.TryAddWithoutValidation("If-None-Match", string.Format(null, format, first.Headers.ETag));
        // A date that would say 304 must not be looked at.
        request.Headers.IfModifiedSince = first.Content.Headers.LastModified;
        using var second = await origin.Client.SendAsync(request, Cancelled);

        Assert.Equal(expected, (int)second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(expected == 304 ? 0 : NpmFlags.Read("br").Length, (await second.Content.ReadAsByteArrayAsync(Cancelled)).Length);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.NotModified)]
    [InlineData(60, HttpStatusCode.NotModified)]
    [InlineData(-1, HttpStatusCode.OK)]
    public async Task If_modified_since_decides_where_there_is_no_tag(int secondsLater, HttpStatusCode expected)
    {
        using var first = await origin.Client.SendAsync(Requests.Flag("local"), Cancelled);
        var request = Requests.Flag("local");
        request.Headers.IfModifiedSince = first.Content.Headers.LastModified!.Value.AddSeconds(secondsLater);
        using var second = await origin.Client.SendAsync(request, Cancelled);

        Assert.Equal(expected, second.StatusCode);
    }

    [Fact]
    public async Task Not_modified_comes_after_the_same_delay()
    {
        using var first = await origin.Client.SendAsync(Requests.Flag("web"), Cancelled);
        var request = Requests.Flag("web");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await origin.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.InRange(second.Delay().TotalSeconds, 0.199, 5);
    }

    [Theory]
    [InlineData("br", "Brazil")]
    [InlineData("gb-eng", "England")]
    public async Task Metadata_names_the_country(string code, string name)
    {
        using var response = await origin.Client.GetAsync($"local/flags/{code}/metadata.json", Cancelled);
        var metadata = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal((code, name), (metadata.GetProperty("code").GetString(), metadata.GetProperty("name").GetString()));
        Assert.Equal(response.Content.Headers.ContentLength, JsonSerializer.SerializeToUtf8Bytes(metadata).Length);
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task Every_flag_has_metadata()
    {
        foreach (var code in Requests.Codes)
            Assert.Equal(HttpStatusCode.OK, (await origin.Client.GetAsync($"local/flags/{code}/metadata.json", Cancelled)).StatusCode);
    }
}
