using System.Diagnostics;
using System.Text.RegularExpressions;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Faults;

/// <param name="Seconds">How long it lasts.</param>
/// <param name="Says">What matches the reason of a flag that was on its way; null: none is lost.</param>
sealed record Outage(Func<StorageProxy, StorageFault> Fault, int Seconds, string? Says = null);

/// <summary>A hundred flags, and in their middle a storage that is away. A line an outage; all of them pass at once, each with a silo and a storage of its own.</summary>
[Trait(FaultTable.Trait, "storage")]
public sealed class StorageAway(StorageAway.Outages outages, AzuriteFixture azurite) : IClassFixture<StorageAway.Outages>
{
    static readonly Dictionary<string, Outage> All = new()
    {
        ["every connection is reset, 5 s"] = new(_ => StorageFaults.Resets, 5),
        ["every connection is reset, 10 s"] = new(_ => StorageFaults.Resets, 10),
        ["every connection is reset, 20 s"] = new(_ => StorageFaults.Resets, 20),
        ["silence, 20 s"] = new(proxy => proxy.Silence, 20),
        ["disk full, 40 s"] = new(_ => StorageFaults.Answers(500), 40, @"Is its disk full\?"),
        ["every connection is reset, 40 s"] = new(_ => StorageFaults.Resets, 40, "reset|prematurely"),
    };

    public static TheoryData<string> Cells => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Storage(string cell)
    {
        var (comparison, downloads, begunAt) = await outages.Pass(azurite, cell);

        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        Assert.Contains(downloads, download => download.StoredSeconds > All[cell].Seconds || download.Reason is not null); // It was felt.
        if (All[cell].Says is { } says)
        {
            var lost = downloads.Where(download => download.Outcome is not Outcome.Ok).ToArray();
            Assert.All(lost, download => Assert.Contains("last: ", download.Reason, StringComparison.Ordinal));
            Assert.Contains(lost, download => Regex.IsMatch(download.Reason!, says)); // The others were still waiting for a place.
        }
        else Assert.All(downloads, download => Assert.Equal((Outcome.Ok, null), (download.Outcome, download.Reason)));
        FaultTable.Row("storage away", cell, comparison, downloads, begunAt);
    }

    public sealed record Passed(Comparison Comparison, IReadOnlyList<Download> Downloads, long BegunAt);

    public sealed class Outages
    {
        readonly Lock gate = new();
        Dictionary<string, Task<Passed>>? passing;

        internal Task<Passed> Pass(AzuriteFixture azurite, string cell)
        {
            lock (gate) return (passing ??= All.ToDictionary(outage => outage.Key, outage => Pass(azurite, outage.Value)))[cell];
        }

        static async Task<Passed> Pass(AzuriteFixture azurite, Outage outage)
        {
            var account = await azurite.NextConnectionString();
            await using var proxy = await StorageProxy.StartAsync(account);
            await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["ConnectionStrings:blobs"] = proxy.ConnectionString }, connectionString: account);
            var begunAt = Stopwatch.GetTimestamp();
            var started = await host.Start(new { countries = "all", limit = 100, profile = "web", concurrency = 20, warmup = false, strategies = new[] { "async" } });
            await foreach (var item in host.Events(started.Id))
                if (item.Progress is { Finished: > 0 }) break;
            proxy.Fault = outage.Fault(proxy);
            await Task.Delay(TimeSpan.FromSeconds(outage.Seconds)); // That is the outage.
            proxy.Fault = null;
            var comparison = await host.End(started.Id);
            return new(comparison, await FaultTable.Holds(host, comparison), begunAt);
        }
    }
}
