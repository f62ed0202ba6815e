using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Storage.Blobs;

[assembly: AssemblyFixture(typeof(FlagCloud.Tests.Hosting.AzuriteFixture))]

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// One Azurite in memory for the whole test run, started by the first test that asks. A test class takes it as a constructor parameter;
/// each connection string, of blobs and tables, is an account of its own, so that what different tests store never meets.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    const int Accounts = 500;
    const int WarmupPuts = 300;
    readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    readonly Lazy<Task<AzuriteProcess>> azurite;
    readonly ConcurrentDictionary<IAsyncDisposable, bool> users = new();
    int taken;

    public AzuriteFixture() => azurite = new(StartAsync);

    /// <summary>A connection string for an account that nobody else has, with nothing in it.</summary>
    public async Task<string> NextConnectionString()
    {
        var process = await azurite.Value;
        var account = Interlocked.Increment(ref taken);
        if (account >= Accounts)
            throw new InvalidOperationException($"All {Accounts} accounts of this run are taken. Raise {nameof(AzuriteFixture)}.{nameof(Accounts)}.");
        return ConnectionString(process, account);
    }

    /// <summary>Ends before Azurite does: a silo that cannot sign off from its cluster's table would try for minutes.</summary>
    public void EndsFirst(IAsyncDisposable user) => users[user] = true;

    /// <summary>Nothing is known any more of who has ended: memory that is kept is looked through by each silo that starts, since Orleans then collects garbage.</summary>
    public void Forget(IAsyncDisposable user) => users.TryRemove(user, out _);

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users.Keys) await user.DisposeAsync();
        if (!azurite.IsValueCreated)
            return;
        await azurite.Value.ContinueWith(_ => { }, TaskScheduler.Default);
        if (azurite.Value.IsCompletedSuccessfully)
            await (await azurite.Value).DisposeAsync();
    }

    async Task<AzuriteProcess> StartAsync()
    {
        var accounts = string.Join(';', Enumerable.Range(0, Accounts).Select(n => $"{Name(n)}:{key}"));
        var started = await AzuriteProcess.StartAsync(CancellationToken.None, accounts: accounts);
        // Azurite's first hundreds of requests are several times slower than the rest: no test should be the one to meet them.
        var container = new BlobContainerClient(ConnectionString(started, 0), "warmup");
        await container.CreateAsync();
        await Parallel.ForAsync(0, WarmupPuts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellationToken) =>
            await container.UploadBlobAsync($"{n}", BinaryData.FromString("warm"), cancellationToken));
        return started;
    }

    string ConnectionString(AzuriteProcess azurite, int account) =>
        AzuriteProcess.ConnectionString(azurite.BlobAddress, azurite.TableAddress, Name(account), key);

    static string Name(int account) => $"account{account}";
}
