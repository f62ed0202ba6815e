using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Azure.Storage.Blobs;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace FlagCloud.Tests.Faults;

/// <param name="Breaks">What is done before the comparison is asked for.</param>
/// <param name="Status">Of the comparison; null: it is refused, and nothing is begun.</param>
/// <param name="Outcome">Of every flag.</param>
/// <param name="Says">What the reason contains: the flag's, if there is one, and otherwise the comparison's, or the refusal's.</param>
sealed record StorageCell(Func<StorageFaults.Bench, Task> Breaks, ComparisonStatus? Status, Outcome Outcome = Outcome.Ok, string? Says = null, FetchMode Mode = FetchMode.Force);

/// <summary>Ten flags over a storage that refuses, forgets and vanishes. A line a fault.</summary>
[Trait(FaultTable.Trait, "storage")]
public sealed class StorageFaults(StorageFaults.Bench bench, AzuriteFixture azurite) : IClassFixture<StorageFaults.Bench>
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    static readonly Dictionary<string, StorageCell> All = new()
    {
        ["put: busy once"] = new(storage => storage.Does(On(Flag, Once(Answers(503, "ServerBusy")))), ComparisonStatus.Completed),
        ["put: reset once"] = new(storage => storage.Does(On(Flag, Once(Resets))), ComparisonStatus.Completed),
        ["put: its answer is lost"] = new(storage => storage.Does(On(Flag, Once(LosesAnswer))), ComparisonStatus.Completed),
        ["put of what was not there: its answer is lost"] = new(async storage => { await storage.Empty("flags"); await storage.Does(On(Flag, Once(LosesAnswer))); }, ComparisonStatus.Completed, Mode: FetchMode.Refresh),
        ["put: no answer ever comes back"] = new(storage => storage.Does(On(Flag, LosesAnswer)), ComparisonStatus.Completed),
        ["put: other bytes acknowledged once"] = new(storage => storage.Does(On(Flag, Once(AcknowledgesOthers))), ComparisonStatus.Completed),
        ["put: somebody else was faster"] = new(async storage => { await storage.Empty("flags"); await storage.Does(On(Flag, Answers(409, "BlobAlreadyExists"))); }, ComparisonStatus.Completed, Outcome.Error, "BlobAlreadyExists", FetchMode.Refresh),
        ["put: forbidden"] = new(storage => storage.Does(On(Flag, Answers(403, "AuthorizationFailure"))), ComparisonStatus.Completed, Outcome.Error, "storage did not take the flag: storage answered 403 AuthorizationFailure"),
        ["every request takes 100 ms"] = new(storage => storage.Does(Slow), ComparisonStatus.Completed),
        // What health has seen counts for a second.
        ["containers are deleted"] = new(async storage => { await storage.Delete("flags"); await storage.Delete("comparisons"); await storage.Delete("health"); await Task.Delay(1_100); }, ComparisonStatus.Completed),
        ["records that nobody can read, and a restart"] = new(storage => storage.Litter(), ComparisonStatus.Completed),
        ["downloads: forbidden once"] = new(storage => storage.Does(On(Journal, Once(Answers(403, "AuthorizationFailure")))), ComparisonStatus.Completed),
        ["downloads: the answer is lost"] = new(storage => storage.Does(On(Journal, Once(LosesAnswer))), ComparisonStatus.Completed),
        ["downloads: forbidden"] = new(storage => storage.Does(On(Journal, Answers(403, "AuthorizationFailure"))), ComparisonStatus.Failed, Says: "storage did not take the comparison's record: storage answered 403 AuthorizationFailure"),
        ["record: forbidden once, after its creation"] = new(storage => storage.Does(On(LaterRecord, Once(Answers(403, "AuthorizationFailure")))), ComparisonStatus.Completed),
        ["record: every answer is lost once"] = new(storage => storage.Does(On(Record, Once(LosesAnswer))), ComparisonStatus.Completed),
        ["record: forbidden"] = new(storage => storage.Does(On(Record, Answers(403, "AuthorizationFailure"))), null, Says: "storage answered 403 AuthorizationFailure"),
        ["record: silence"] = new(storage => storage.Does(On(Record, storage.Silence)), null, Says: "Is storage running"),
        ["disk full when it is asked for"] = new(storage => storage.Does(On(Record, Answers(500))), null, Says: "has its disk room"),
    };

    public static TheoryData<string> Cells => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Storage(string cell)
    {
        var host = await bench.Host(azurite);
        await using var healed = new Healed(bench);
        var fault = All[cell];
        await fault.Breaks(bench);
        var begunAt = Stopwatch.GetTimestamp();
        var request = new { profile = "local", limit = 10, warmup = false, rounds = 1, strategies = new[] { "async" }, mode = fault.Mode };

        if (fault.Status is not { } status)
        {
            var before = (await host.Client.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!.Length;
            using var refused = await host.Client.PostAsJsonAsync("/api/comparisons", request, FlagCloudJson.Options);
            var problem = await refused.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains(fault.Says!, problem, StringComparison.Ordinal);
            Assert.InRange(Stopwatch.GetElapsedTime(begunAt), TimeSpan.Zero, Soon);
            await healed.DisposeAsync();
            Assert.Equal(ComparisonStatus.Completed, (await host.Run(request)).Status);
            await Task.Delay(TimeSpan.FromSeconds(3)); // A write that was under way may arrive late.
            Assert.Equal(before + 1, (await host.Client.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!.Length);
            FaultTable.Row("storage", cell, "refused", begunAt, fault.Says);
            return;
        }

        var comparison = await host.Run(request);
        Assert.InRange(Stopwatch.GetElapsedTime(begunAt), TimeSpan.Zero, Soon);
        Assert.Equal(status, comparison.Status);
        var run = Assert.Single(comparison.Runs);
        SiloClient.AddsUp(run);
        IReadOnlyList<Download> downloads = [];
        if (status is ComparisonStatus.Completed) downloads = await FaultTable.Holds(host, comparison);
        // Without its downloads, the run still says how it ended.
        else Assert.Equal((10, fault.Says), ((await host.StoredFlags()).Count(flag => flag.ComparisonId == comparison.Id), comparison.Reason));
        Assert.Equal(10, fault.Outcome is Outcome.Ok ? run.Ok : run.Errors);
        if (fault is { Outcome: Outcome.Error }) Assert.All(downloads, download => Assert.Contains(fault.Says!, download.Reason, StringComparison.Ordinal));
        await Eventually.True("the silo is ready", async () => (await host.Probe.GetAsync("/health")).IsSuccessStatusCode, seconds: 8);
        FaultTable.Row("storage", cell, comparison, downloads, begunAt);
    }

    static StorageFault On(Func<HttpRequest, bool> request, StorageFault fault) => (http, forward) => request(http.Request) ? fault(http, forward) : forward();

    // Of the requests to each address.
    static StorageFault Once(StorageFault fault)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        return (http, forward) => seen.TryAdd(http.Request.Path, true) ? fault(http, forward) : forward();
    }

    static bool Flag(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Path.Value!.Contains("/flags/", StringComparison.Ordinal);

    static bool Journal(HttpRequest request) => request.Query["comp"] == "appendblock";

    static bool Record(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith(".json", StringComparison.Ordinal);

    static bool LaterRecord(HttpRequest request) => Record(request) && request.Headers.IfMatch.Count > 0;

    internal static StorageFault Answers(int status, string? code = null) => (http, _) =>
    {
        http.Response.StatusCode = status;
        if (code is not null) http.Response.Headers["x-ms-error-code"] = code;
        return Task.CompletedTask;
    };

    internal static Task Resets(HttpContext http, Func<Task> forward)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    static async Task LosesAnswer(HttpContext http, Func<Task> forward)
    {
        http.Response.Body = new MemoryStream();
        await forward();
        http.Abort();
    }

    static Task AcknowledgesOthers(HttpContext http, Func<Task> forward)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.ContentMD5 = Convert.ToBase64String(new byte[16]);
            return Task.CompletedTask;
        });
        return forward();
    }

    static async Task Slow(HttpContext http, Func<Task> forward)
    {
        await Task.Delay(100);
        await forward();
    }

    sealed class Healed(Bench bench) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(bench.Does(null));
    }

    /// <summary>A silo and web with a proxy before their blobs.</summary>
    public sealed class Bench : IAsyncDisposable
    {
        StorageProxy? proxy;
        SiloHost? host;

        internal StorageFault Silence => proxy!.Silence;

        BlobServiceClient Blobs => new(host!.ConnectionString);

        internal async Task<SiloHost> Host(AzuriteFixture azurite)
        {
            if (host is not null) return host;
            var account = await azurite.NextConnectionString();
            proxy = await StorageProxy.StartAsync(account);
            return host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["ConnectionStrings:blobs"] = proxy.ConnectionString, ["Flags:Deadline"] = "00:00:05" }, connectionString: account);
        }

        internal Task Does(StorageFault? fault)
        {
            proxy!.Fault = fault;
            return Task.CompletedTask;
        }

        internal async Task Empty(string container)
        {
            await foreach (var blob in Blobs.GetBlobContainerClient(container).GetBlobsAsync()) await Blobs.GetBlobContainerClient(container).DeleteBlobAsync(blob.Name);
        }

        internal Task Delete(string container) => Blobs.DeleteBlobContainerAsync(container);

        internal async Task Litter()
        {
            foreach (var (name, content) in new[] { ("notes.json", "{}"), ("20260101-000000-000-0001.json", ""), ("20260101-000000-000-0002.json", """{"id":"20260101-000"""), ("20260101-000000-000-0003.json", """{"id":"20260101-000000-000-0003","status":"undecided"}""") })
                await Blobs.GetBlobContainerClient("comparisons").GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);
            await host!.StopSilo();
            await Eventually.True("web misses the silo", async () => await host.Client.GetStringAsync("/health") is "Degraded");
            await host.StartSilo();
            await Eventually.True("web finds the silo", async () => await host.Client.GetStringAsync("/health") is "Healthy");
            var listed = (await host.Client.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!;
            Assert.Equal(3, listed.Count(comparison => comparison.Status is ComparisonStatus.Unreadable));
        }

        public async ValueTask DisposeAsync()
        {
            if (host is not null) await host.DisposeAsync();
            if (proxy is not null) await proxy.DisposeAsync();
        }
    }
}
