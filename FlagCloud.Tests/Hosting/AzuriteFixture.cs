using System.Security.Cryptography;
using Azure.Storage.Blobs;

[assembly: AssemblyFixture(typeof(FlagCloud.Tests.Hosting.AzuriteFixture))]

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// One Azurite in memory for the whole test run, started by the first test that asks. A test class takes it as a constructor parameter;
/// each connection string is an account of its own, so that containers and blobs of different tests never meet.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    const int Accounts = 500;
    const int WarmupPuts = 300;
    readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    readonly Lazy<Task<AzuriteProcess>> _azurite;
    int _taken;

    public AzuriteFixture() => _azurite = new(StartAsync);

    /// <summary>A connection string for an account that nobody else has, with nothing in it.</summary>
    public async Task<string> NextConnectionString()
    {
        var azurite = await _azurite.Value;
        var account = Interlocked.Increment(ref _taken);
        if (account >= Accounts)
            throw new InvalidOperationException($"All {Accounts} accounts of this run are taken. Raise {nameof(AzuriteFixture)}.{nameof(Accounts)}.");
        return ConnectionString(azurite, account);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_azurite.IsValueCreated)
            return;
        await _azurite.Value.ContinueWith(_ => { }, TaskScheduler.Default);
        if (_azurite.Value.IsCompletedSuccessfully)
            await (await _azurite.Value).DisposeAsync();
    }

    async Task<AzuriteProcess> StartAsync()
    {
        var accounts = string.Join(';', Enumerable.Range(0, Accounts).Select(n => $"{Name(n)}:{_key}"));
        var azurite = await AzuriteProcess.StartAsync(
            new Dictionary<string, string> { ["AZURITE_IN_MEMORY"] = "true", ["AZURITE_ACCOUNTS"] = accounts }, CancellationToken.None);
        // Azurite's first hundreds of requests are several times slower than the rest: no test should be the one to meet them.
        var container = new BlobContainerClient(ConnectionString(azurite, 0), "warmup");
        await container.CreateAsync();
        await Parallel.ForAsync(0, WarmupPuts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellationToken) =>
            await container.UploadBlobAsync($"{n}", BinaryData.FromString("warm"), cancellationToken));
        return azurite;
    }

    string ConnectionString(AzuriteProcess azurite, int account) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name(account)};AccountKey={_key};BlobEndpoint={azurite.Address}/{Name(account)};";

    static string Name(int account) => $"account{account}";
}
