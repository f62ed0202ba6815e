using System.Globalization;
using System.Text.Json;
using Azure.Storage.Blobs;
using FlagCloud.Contracts;
using FlagCloud.Origin.Profiles;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Origin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Docs;

/// <summary>Python does the same work as a strategy, under the same luck, and is held against it by the same rule.</summary>
public sealed class PeerTests(AzuriteFixture azurite, OriginFixture origin) : IClassFixture<OriginFixture>
{
    const int Seed = 4;

    [Theory]
    [InlineData("asyncio", 20)]
    [InlineData("threads", 20)]
    [InlineData("sequential", 1)]
    public async Task Peer_stores_every_flag_and_reports_in_the_words_of_the_record(string strategy, int inFlight)
    {
        var storage = await azurite.NextConnectionString();

        var ended = await LessonScript.Run("peer.py", ["--origin", $"{origin.BaseAddress}", "--strategy", strategy, "--rounds", "2", "--server", "stragglers", "--seed", $"{Seed}"], storage);

        Assert.True(ended.ExitCode is 0, ended.Errors + ended.Output);
        var (runs, downloads) = Read(ended);
        Assert.Equal([(0, true), (1, false), (2, false)], runs.Select(run => (run.Round, run.Warmup)));
        Assert.All(runs, run => Assert.Equal(($"python {strategy}", 20, 20, 20), (run.Strategy, run.Requested, run.Ok, run.Attempts)));
        Assert.All(runs, run => Assert.InRange(run.PeakInFlight, 1, inFlight));
        Assert.Equal(3 * 20, downloads.Count);
        Assert.All(downloads.Where(download => download.Round > 0), AssertSameLuck);

        var container = new BlobContainerClient(storage, "peer");
        foreach (var code in Catalogue.Top20)
        {
            var blob = (await container.GetBlobClient($"{code}.svg").DownloadContentAsync()).Value;
            Assert.Equal(NpmFlags.Read(code), blob.Content.ToArray());
            Assert.Equal("image/svg+xml", blob.Details.ContentType);
            Assert.Equal(downloads.First(download => download.Country == code).Sha256, blob.Details.Metadata[FlagBlobs.Sha256]);
        }
    }

    [Theory]
    [InlineData("corrupt", Fault.Corrupted, "not the ones that the origin announced")]
    [InlineData("truncate", Fault.Truncated, "")]
    [InlineData("reset", Fault.Reset, "")]
    [InlineData("wrongtype", Fault.WrongType, "where an image was expected")]
    [InlineData("oversize", Fault.Oversized, "larger than")]
    public async Task Peer_takes_no_flag_that_did_not_come_whole(string profile, Fault fault, string reason)
    {
        var storage = await azurite.NextConnectionString();

        var ended = await LessonScript.Run("peer.py", ["--origin", $"{origin.BaseAddress}", "--strategy", "asyncio,threads", "--server", profile, "--seed", $"{Seed}"], storage);

        Assert.Equal(1, ended.ExitCode);
        var unlucky = Catalogue.Top20.Where(code => Draws.Of(Profile.All[profile], Seed + 1, code, 1).Fault == fault).Order().ToArray();
        Assert.NotEmpty(unlucky);
        var (_, downloads) = Read(ended);
        Assert.All(downloads.Where(download => download.Round is 1).GroupBy(download => download.Strategy), run =>
        {
            var failed = run.Where(download => download.Outcome is Outcome.Error).ToArray();
            Assert.Equal(unlucky, failed.Select(download => download.Country).Order());
            Assert.All(failed, download => Assert.Contains(reason, download.Reason, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Wrong_use_is_explained()
    {
        var storage = await azurite.NextConnectionString();

        var unknown = await LessonScript.Run("peer.py", ["--origin", $"{origin.BaseAddress}", "--server", "nowhere"], storage);
        var silent = await LessonScript.Run("peer.py", ["--origin", $"http://127.0.0.1:{FreePort.Next()}"], storage);
        var strategy = await LessonScript.Run("peer.py", ["--strategy", "trio"], storage);
        var lacking = await LessonScript.Run("peer.py", ["--origin", $"{origin.BaseAddress}"], "AccountName=me");

        Assert.Contains("has no profile 'nowhere'. Give one of local, web,", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", silent.Errors, StringComparison.Ordinal);
        Assert.Contains("'trio' is not known. Give", strategy.Errors, StringComparison.Ordinal);
        Assert.Contains("lacks AccountKey, BlobEndpoint", lacking.Errors, StringComparison.Ordinal);
        Assert.All([unknown, silent, strategy, lacking], ended => Assert.True(ended is { ExitCode: 1 or 2, Output: "" } && !ended.Errors.Contains("Traceback", StringComparison.Ordinal), ended.Errors));
    }

    [Fact]
    public async Task Python_and_FlagCloud_have_one_rule_for_an_interval()
    {
        var ended = await LessonScript.Evaluate("from compare_peer import median_interval as of\nfor count in range(1, 101): print(*(of(range(count)) or ('none',)))");

        Assert.Equal(
            Enumerable.Range(1, 100).Select(count => MedianInterval.Of(Enumerable.Range(0, count).Select(value => (double)value)) is { } interval ? $"{interval.Low} {interval.High}" : "none"),
            ended.Lines);
    }

    [Fact]
    public async Task Without_a_connection_string_the_storage_is_that_of_the_AppHost()
    {
        var port = System.Text.RegularExpressions.Regex.Match(await File.ReadAllTextAsync(Repository.PathTo("FlagCloud.AppHost", "Settings.cs"), TestContext.Current.CancellationToken), "Port\\(\"Blob\", (\\d+)\\)").Groups[1];

        var ended = await LessonScript.Evaluate("import peer; print(peer.Storage(peer.AZURITE).endpoint)");

        Assert.Equal([$"http://127.0.0.1:{port}/devstoreaccount1"], ended.Lines);
    }

    [Theory]
    [InlineData(0.001, "async is ")]
    [InlineData(1_000, "python asyncio is ")]
    public async Task A_comparison_and_Python_stand_in_one_table(double seconds, string verdict)
    {
        var storage = await azurite.NextConnectionString();
        await using var web = await StandIn(Record(storage, seconds));

        var ended = await LessonScript.Run("compare_peer.py", ["--url", web.Urls.Single(), "--strategy", "asyncio"], storage);

        Assert.True(ended.ExitCode is 0, ended.Errors);
        Assert.Equal(["async", "python asyncio", "sequential"], ended.Lines.SkipWhile(line => !line.StartsWith("strategy", StringComparison.Ordinal)).Skip(1).Take(3)
            .Select(line => line.Split("  ")[0]).Order(StringComparer.Ordinal));
        Assert.StartsWith(verdict, ended.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(7, ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // a warm-up and six rounds
    }

    [Theory]
    [InlineData(ComparisonStatus.Running, false, "has not ended")]
    [InlineData(ComparisonStatus.Failed, false, "no completed comparison")]
    [InlineData(ComparisonStatus.Completed, true, "interpreterLock")]
    public async Task What_cannot_be_compared_is_refused_before_anything_is_measured(ComparisonStatus status, bool interpreterLock, string reason)
    {
        var storage = await azurite.NextConnectionString();
        var record = Record(storage, 1);
        await using var web = await StandIn(record with { Status = status, Settings = record.Settings with { InterpreterLock = interpreterLock } });

        var ended = await LessonScript.Run("compare_peer.py", ["--url", web.Urls.Single()], storage);

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(reason, ended.Errors, StringComparison.Ordinal);
    }

    // A machine under load makes delays longer, but never shorter than they were drawn.
    static void AssertSameLuck(Download download) =>
        Assert.True(download.DelaySeconds >= Draws.Of(Profile.All["stragglers"], Seed + download.Round, download.Country, 1).Delay.TotalSeconds - 0.001, $"{download}");

    static (IReadOnlyList<Run> Runs, IReadOnlyList<Download> Downloads) Read(LessonScript ended)
    {
        var lines = ended.Lines.ToLookup(line => line.Contains("\"requested\"", StringComparison.Ordinal));
        return ([.. lines[true].Select(Parse<Run>)], [.. lines[false].Select(Parse<Download>)]);

        static T Parse<T>(string line) => JsonSerializer.Deserialize<T>(line, FlagCloudJson.Options)!;
    }

    Comparison Record(string storage, double seconds) => new()
    {
        Id = "20261123-091842-137-5f0c",
        Status = ComparisonStatus.Completed,
        CreatedAt = DateTimeOffset.Parse("2026-11-23T09:18:42Z", CultureInfo.InvariantCulture),
        Settings = new ComparisonSettings { Strategies = ["sequential", "async"], Countries = ["br", "de", "fr"], Profile = "local" }.Normalized(),
        Environment = new()
        {
            Machine = "here", OperatingSystem = "any", Cores = 2, Runtime = ".NET", GcMode = "server", BuildConfiguration = "Release", Silos = ["silo"],
            Origin = $"{origin.BaseAddress}",
            Storage = $"{new BlobServiceClient(storage).Uri}",
        },
        Runs =
        [
            .. from round in Enumerable.Range(0, 7)
               from strategy in (string[])["sequential", "async"]
               select new Run { Strategy = strategy, Round = round, Warmup = round is 0, ElapsedSeconds = seconds, Requested = 3, Ok = 3 },
        ],
    };

    static async Task<WebApplication> StandIn(Comparison record)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.MapGet("/api/comparisons", () => Results.Json(new[] { record with { Runs = [] } }, FlagCloudJson.Options));
        web.MapGet("/api/comparisons/{id}", (string id) => id == record.Id ? Results.Json(record, FlagCloudJson.Options) : Results.NotFound());
        await web.StartAsync();
        return web;
    }
}
