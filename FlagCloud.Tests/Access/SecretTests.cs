using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Access;

public sealed class SecretTests(AzuriteFixture azurite)
{
    const string Password = "swordfish";

    [Fact]
    public async Task Nothing_that_can_be_read_tells_the_signature_or_password_that_the_silo_was_configured_with()
    {
        var account = await azurite.NextConnectionString();
        await using var origin = await OriginFixture.StartAsync();
        var access = new BlobServiceClient(account).GenerateAccountSasUri(AccountSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1), AccountSasResourceTypes.All);
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?>
        {
            ["ConnectionStrings:blobs"] = $"BlobEndpoint={access.GetLeftPart(UriPartial.Path)};SharedAccessSignature={access.Query[1..]}",
            ["Flags:Origin"] = $"http://user:{Password}@{origin.BaseAddress.Authority}/",
        }, connectionString: account);

        var comparison = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });

        Assert.Equal(access.GetLeftPart(UriPartial.Path).TrimEnd('/'), comparison.Environment.Storage.TrimEnd('/'));
        foreach (var path in new[] { "/api/comparisons", $"/api/comparisons/{comparison.Id}", $"/api/comparisons/{comparison.Id}/downloads", $"/api/comparisons/{comparison.Id}/events", "/api/flags", $"/runs/{comparison.Id}", "/flags", "/cluster" })
        {
            var shown = await host.Client.GetStringAsync(path);
            Assert.DoesNotContain("sig=", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, shown, StringComparison.Ordinal);
        }
    }
}
