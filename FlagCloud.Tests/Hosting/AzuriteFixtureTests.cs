using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace FlagCloud.Tests.Hosting;

public sealed class AzuriteFixtureTests(AzuriteFixture azurite)
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
}
