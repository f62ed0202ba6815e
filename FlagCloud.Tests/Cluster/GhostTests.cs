using System.Globalization;
using Azure.Data.Tables;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cluster;

public sealed class GhostTests(AzuriteFixture azurite)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // What is left of a silo that was killed and has begun again, if another wrote to the table at that moment. Nobody joins until it is known to be dead.
    // Orleans looks once in 60 s, so that the second one would wait for so long at least.
    [Fact]
    public async Task Ghosts_of_a_silo_that_began_again_are_laid_within_seconds()
    {
        var account = await azurite.NextConnectionString();
        await using var host = await SiloHost.Start(azurite, connectionString: account);
        var members = new TableClient(account, "OrleansSiloInstances");
        var row = await members.QueryAsync<TableEntity>(cancellationToken: Cancelled).FirstAsync(entity => entity.ContainsKey("Generation"), Cancelled);

        for (var ghost = 0; ghost < 2; ghost++)
        {
            var generation = row["Generation"].ToString()!;
            var former = $"{long.Parse(generation, CultureInfo.InvariantCulture) - 1}";
            row.RowKey = row.RowKey.Replace(generation, former, StringComparison.Ordinal);
            row["Generation"] = former;
            await members.AddEntityAsync(row, Cancelled);
            await Eventually.True("the ghost to be known as dead", async () => (await members.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: Cancelled)).Value["Status"] is "Dead", seconds: 15);
        }
    }
}
