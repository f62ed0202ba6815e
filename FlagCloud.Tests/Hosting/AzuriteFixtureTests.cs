using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace FlagCloud.Tests.Hosting;

public sealed partial class AzuriteFixtureTests(AzuriteFixture azurite)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_connection_string_is_an_account_of_its_own()
    {
        var first = new BlobContainerClient(await azurite.NextConnectionString(), "flags");
        var second = new BlobContainerClient(await azurite.NextConnectionString(), "flags");
        await first.CreateAsync(cancellationToken: Cancelled);
        await first.UploadBlobAsync("br.svg", BinaryData.FromString("<svg/>"), Cancelled);

        Assert.False(await second.ExistsAsync(Cancelled));
        Assert.Equal("<svg/>", (await first.GetBlobClient("br.svg").DownloadContentAsync(Cancelled)).Value.Content.ToString());
    }

    [Fact]
    public async Task Blobs_and_tables_have_the_same_connection_string()
    {
        var connection = await azurite.NextConnectionString();
        var table = new TableClient(connection, "membership");
        await table.CreateAsync(Cancelled);
        await table.AddEntityAsync(new TableEntity("flagcloud", "silo"), Cancelled);

        Assert.Equal("silo", (await table.GetEntityAsync<TableEntity>("flagcloud", "silo", cancellationToken: Cancelled)).Value.RowKey);
        Assert.Empty(new TableServiceClient(await azurite.NextConnectionString()).Query(cancellationToken: Cancelled));
    }

    // Azurite's own answer to what FlagCloud asks of it: a fan-out connects thousands of times at once, and comes back when idle connections have been closed.
    [Fact]
    public async Task Two_thousand_connections_at_once_are_accepted_again_and_again()
    {
        using var http = new HttpClient { BaseAddress = new(new BlobServiceClient(await azurite.NextConnectionString()).Uri.GetLeftPart(UriPartial.Authority)) };
        for (var time = 0; time < 2; time++)
        {
            if (time > 0) await Task.Delay(TimeSpan.FromSeconds(5), Cancelled); // Node closes idle connections now.
            await Task.WhenAll(Enumerable.Range(0, 2000).Select(async n => (await http.GetAsync($"/nobody/flags/{n}", Cancelled)).Dispose()));
        }
    }

    // What was overwritten or deleted in memory is freed from time to time, here every two seconds, but not while it might still be uploaded, here for five. As Azurite 3.37.0 does it, nobody gets an answer meanwhile.
    [Fact]
    public async Task In_memory_much_is_freed_at_once_and_what_is_new_is_not()
    {
        const int Blobs = 2_000;
        var folder = Directory.CreateTempSubdirectory("flagcloud-azurite-");
        try
        {
            var log = Path.Combine(folder.FullName, "log");
            await using var own = await AzuriteProcess.StartAsync(Cancelled, log: log, module: $$"""
                import { createRequire } from "node:module";
                const require = createRequire("{{new Uri(Repository.PathTo("azurite", "package.json"))}}");
                require("azurite/dist/src/blob/utils/constants.js").DEFAULT_GC_INTERVAL_MS = 2000;
                require("azurite/dist/src/common/utils/constants.js").DEFAULT_EXTENT_GC_PROTECT_TIME_IN_MS = 5000;
                """);
            var service = new BlobServiceClient(own.Connection);
            var (old, kept) = ((await service.CreateBlobContainerAsync("old", cancellationToken: Cancelled)).Value, (await service.CreateBlobContainerAsync("kept", cancellationToken: Cancelled)).Value);
            await Parallel.ForAsync(0, Blobs, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancelled }, async (n, token) => await old.UploadBlobAsync($"{n}", BinaryData.FromString("old"), token));
            var uploadedAt = Stopwatch.GetTimestamp();
            await service.DeleteBlobContainerAsync("old", cancellationToken: Cancelled);

            var longest = TimeSpan.Zero;
            var uploads = 0;
            await Eventually.True("the blobs are freed", async () =>
            {
                var begunAt = Stopwatch.GetTimestamp();
                await kept.UploadBlobAsync($"{uploads++}", BinaryData.FromString("new"), Cancelled);
                if (Stopwatch.GetElapsedTime(begunAt) is var took && took > longest) longest = took;
                await using var written = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(written);
                return Freed().Matches(await reader.ReadToEndAsync(Cancelled)).Sum(freed => int.Parse(freed.Groups["count"].Value, CultureInfo.InvariantCulture)) >= Blobs;
            });

            TestContext.Current.TestOutputHelper!.WriteLine($"longest upload {longest.TotalMilliseconds:0} ms");
            Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.True(Stopwatch.GetElapsedTime(uploadedAt) > TimeSpan.FromSeconds(4), "The last ones were freed as if nobody could still be uploading them.");
            for (var n = 0; n < uploads; n++) Assert.Equal("new", (await kept.GetBlobClient($"{n}").DownloadContentAsync(Cancelled)).Value.Content.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("Deleted unreferenced (?<count>[0-9]+) extents")]
    private static partial Regex Freed();
}
