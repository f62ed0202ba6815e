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
}
