using System.Net;
using System.Net.Http.Headers;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Lab;

namespace FlagCloud.Tests.Live;

/// <summary>What the web asks storage for when nothing happens, and when what is asked for is known.</summary>
public sealed class IdleTests(AzuriteFixture azurite, Browser browser)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/questions")]
    public async Task Idle_page_asks_storage_for_nothing_and_is_told_of_what_begins(string path)
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var host = await SiloHost.Start(azurite, connectionString: account, configureWeb: web => web.Configuration["ConnectionStrings:blobs"] = storage.ConnectionString);
        await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        await using var session = new LabSession(browser, host);
        var page = await session.Open(path);
        await page.Locator(".card, .table").First.WaitForAsync();
        await page.WaitForTimeoutAsync(2_000); // Pictures have come.
        var before = storage.Requests;

        await page.WaitForTimeoutAsync(6_000);

        Assert.Equal(before, storage.Requests);
        if (path is not "/runs") return;
        var next = await host.Start(new { countries = new[] { "br" }, profile = "local", warmup = false });
        await page.Locator($"[data-run='{next.Id}']").WaitForAsync();
    }

    [Fact]
    public async Task Version_of_a_flag_is_read_once_whoever_looks_and_another_version_is_never_taken_for_it()
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var host = await SiloHost.Start(azurite, connectionString: account, configureWeb: web => web.Configuration["ConnectionStrings:blobs"] = storage.ConnectionString);
        await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false, work = "brotli" });
        var version = $"/flags/br.svg?sha256={(await host.StoredFlags()).Single().Sha256}";
        var stored = await host.Client.GetStringAsync("/flags/br.svg", Cancelled);
        var before = storage.Requests;

        for (var viewer = 0; viewer < 3; viewer++)
        {
            using var plain = await Get(version, "identity");
            Assert.Equal((stored, "private, max-age=31536000, immutable", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"), await Seen(plain));
            using var packed = await Get(version, "br");
            Assert.Equal("br", packed.Content.Headers.ContentEncoding.Single());
            using var known = await Get(version, "identity", plain.Headers.ETag);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }
        Assert.Equal(before + 2, storage.Requests); // One for each form.

        // That version is gone, or never was: what is stored is shown, and kept by nobody.
        for (var viewer = 1; viewer <= 2; viewer++)
        {
            using var other = await Get(version[..^4] + "0000", "identity");
            Assert.Equal((stored, "no-cache", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"), await Seen(other));
            Assert.Equal(before + 2 + viewer, storage.Requests);
        }

        async Task<HttpResponseMessage> Get(string path, string encoding, EntityTagHeaderValue? etag = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptEncoding = { new(encoding) } } };
            if (etag is not null) request.Headers.IfNoneMatch.Add(etag);
            return await host.Client.SendAsync(request, Cancelled);
        }

        static async Task<(string Content, string Cache, string Policy)> Seen(HttpResponseMessage response) =>
            (await response.Content.ReadAsStringAsync(Cancelled), $"{response.Headers.NonValidated["Cache-Control"]}", $"{response.Headers.NonValidated["Content-Security-Policy"]}");
    }
}
