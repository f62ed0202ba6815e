using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using FlagCloud.Contracts;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.AppHost;

/// <summary>The whole app of three silos, after a comparison of all flags. Its data lie on disk, as on a developer's machine.</summary>
public sealed class WholeApp : IAsyncLifetime
{
    readonly int blobPort = FreePort.Next();

    public DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FlagCloud_AppHost>(
        [
            "--Silos=3", "--Compare=-a -s local -m 32 --rounds 1 --no-warmup", "--DcpPublisher:RandomizePorts=false", $"--Ports:Web={FreePort.Next()}", $"--Ports:Origin={FreePort.Next()}", $"--Ports:Blob={blobPort}",
        ]);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        App = await builder.BuildAsync();
        await App.StartAsync();
    }

    string Data => Repository.PathTo("azurite", "data", $"{blobPort}");

    /// <summary>Azurite writes its list of blobs to disk every few seconds. What it has not written, a frozen Azurite that is killed does not have.</summary>
    public Task IsOnDisk(StoredFlag[] flags) => Eventually.True("Azurite to write its list of blobs", () =>
    {
        var list = File.ReadAllText(Path.Combine(Data, "__azurite_db_blob__.json"));
        return flags.All(flag => list.Contains(flag.ETag, StringComparison.Ordinal));
    });

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }
}

public sealed class WholeAppTests(WholeApp whole) : IClassFixture<WholeApp>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    ResourceNotificationService Resources => whole.App.ResourceNotifications;

    [Fact]
    public async Task Three_silos_compare_all_flags_and_every_stored_blob_is_what_the_origin_serves()
    {
        Assert.Equal(0, await Compared());

        using var lab = whole.App.CreateHttpClient("web", "http");
        using var origin = whole.App.CreateHttpClient("origin", "http");
        var stored = (await lab.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options, Cancelled))!;
        Assert.Equal(271, stored.Length);
        foreach (var flag in stored)
            Assert.Equal(await origin.GetByteArrayAsync($"/local/flags/{flag.Country}.svg", Cancelled), await lab.GetByteArrayAsync($"/flags/{flag.Country}.svg", Cancelled));
        var comparison = Assert.Single((await lab.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options, Cancelled))!);
        Assert.Equal(3, comparison.Environment.Silos.Count);
        Assert.All(comparison.Runs, run => Assert.Equal((271, 271), (run.Requested, run.Ok)));
    }

    [Fact, Trait(FaultTable.Trait, "AppHost")]
    public async Task Frozen_storage_is_unhealthy_within_20_s_and_a_restart_heals_it_without_loss()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows cannot freeze a process.");
        await Compared();
        using var lab = whole.App.CreateHttpClient("web", "http");
        var stored = await lab.GetStringAsync("/api/flags", Cancelled);
        await whole.IsOnDisk(JsonSerializer.Deserialize<StoredFlag[]>(stored, FlagCloudJson.Options)!);

        var azurite = await Resources.WaitForResourceHealthyAsync("azurite", Cancelled);
        await Tool.Run("kill", ["-STOP", $"{azurite.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value}"]);
        var begun = Stopwatch.GetTimestamp();
        await Resources.WaitForResourceAsync("azurite", change => change.Snapshot.HealthStatus is HealthStatus.Unhealthy, Cancelled);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 20);

        var result = await whole.App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync("azurite", KnownResourceCommands.RestartCommand, Cancelled);
        Assert.True(result.Success, result.Message);
        await Resources.WaitForResourceHealthyAsync("azurite", Cancelled);
        Assert.Equal(stored, await lab.GetStringAsync("/api/flags", Cancelled));
        FaultTable.Row("AppHost", "storage is frozen, and restarted", "unhealthy within 20 s, healthy again, nothing lost", begun);
    }

    async Task<int?> Compared() =>
        (await Resources.WaitForResourceAsync("compare", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancelled)).Snapshot.ExitCode;
}
