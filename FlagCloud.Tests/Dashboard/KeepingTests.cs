using System.IO.Compression;
using System.Text;
using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Dashboard;

public sealed class KeepingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("flagcloud-runs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Export_that_is_opened_again_holds_the_same()
    {
        var store = Sample();
        using var file = new MemoryStream();
        TelemetryExport.Write(file, store, Selection.Everything);
        file.Position = 0;
        var copy = Store();

        var result = TelemetryImport.Read(file, copy);

        Assert.Empty(result.Skipped);
        Assert.Equal(Everything(store), Everything(copy));
        Assert.Equal(0, result.Rejected);
        Assert.Contains("traces/silo-silo-7k2-001.json", Entries(file));
    }

    [Fact]
    public void Export_of_a_selection_has_only_that()
    {
        using var file = new MemoryStream();
        TelemetryExport.Write(file, Sample(), new Selection(Traces: true, Logs: false, Metrics: true, new HashSet<string> { "origin" }));

        Assert.Equal(["traces/origin-origin-7-001.json"], Entries(file));
    }

    [Fact]
    public void Json_lines_of_any_collector_are_read()
    {
        var lines = """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":{"stringValue":"one"}}]}]}]}
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"2","body":{"stringValue":"two"}}]}]}]}
            """;
        var store = Store();

        var result = TelemetryImport.Read(new MemoryStream([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(lines)]), store);

        Assert.Equal(2, result.Accepted);
        Assert.Equal(["one", "two"], store.Logs.Where(_ => true).Select(entry => entry.Message));
    }

    [Theory]
    [InlineData("nothing of use")]
    [InlineData("{\"hello\": 1}")]
    [InlineData("PK not a zip")]
    [InlineData("")]
    public void File_without_telemetry_is_refused_with_what_is_wanted(string content)
    {
        var refused = Assert.Throws<ImportException>(() => TelemetryImport.Read(new MemoryStream(Encoding.UTF8.GetBytes(content)), Store()));

        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public void Zip_that_unpacks_to_too_much_is_refused_before_it_is_in_memory()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("bomb.json", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i <= TelemetryImport.EntrySizeLimit >> 20; i++)
                entry.Write(zeros);
        }
        bomb.Position = 0;

        Assert.Contains("unpacks to more", Assert.Throws<ImportException>(() => TelemetryImport.Read(bomb, Store())).Message);
    }

    [Fact]
    public void Zip_with_too_many_entries_is_refused()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i <= TelemetryImport.EntryLimit; i++)
                zip.CreateEntry($"{i}.json");
        file.Position = 0;

        Assert.Contains("entries", Assert.Throws<ImportException>(() => TelemetryImport.Read(file, Store())).Message);
    }

    [Fact]
    public void Zip_whose_names_climb_out_of_a_folder_writes_nothing_and_is_read_by_content()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("../../../../../../../../tmp/flagcloud-evil.json").Open());
            entry.Write("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}]}""");
        }
        file.Position = 0;

        Assert.Equal(1, TelemetryImport.Read(file, Store()).Accepted);
        Assert.False(File.Exists("/tmp/flagcloud-evil.json"));
    }

    [Fact]
    public async Task Run_that_is_over_is_kept_and_can_be_opened_by_the_next()
    {
        await using (var first = await DashboardHost.StartAsync(options => options.RunsFolder = _folder))
        {
            using var client = new HttpClient();
            foreach (var i in Enumerable.Range(1, 3))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{first.Server.OtlpHttpUrl}/v1/traces")
                {
                    Content = new ByteArrayContent(Google.Protobuf.MessageExtensions.ToByteArray(OtlpRequests.Traces("silo", OtlpRequests.Span(i, 1)))),
                };
                request.Content.Headers.ContentType = new("application/x-protobuf");
                request.Headers.Add("x-otlp-api-key", first.Options.OtlpApiKey);
                (await client.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            }
        }

        await using var second = await DashboardHost.StartAsync(options => options.RunsFolder = _folder);
        var catalog = second.Server.Services.GetRequiredService<DataCatalog>();
        var run = Assert.Single(catalog.Runs());
        Assert.False(run.IsCurrent);
        var opened = await catalog.FindAsync(run.Id);
        Assert.Equal(3, opened!.Store.Traces.Traces.Count);
        Assert.Equal(0, second.Store.Traces.Traces.Count);
        catalog.Delete(run);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Run_of_a_killed_process_gives_what_was_written_before()
    {
        var run = Directory.CreateDirectory(Path.Combine(_folder, RunFolder.NameOf(DateTimeOffset.UtcNow)));
        var data = Google.Protobuf.MessageExtensions.ToByteArray(new TelemetryData { ResourceLogs = { OtlpRequests.Logs("a", OtlpRequests.Log("kept")).ResourceLogs } });
        byte[] Member()
        {
            using var buffer = new MemoryStream();
            using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            {
                gzip.Write(BitConverter.GetBytes(data.Length));
                gzip.Write(data);
            }
            return buffer.ToArray();
        }
        File.WriteAllBytes(Path.Combine(run.FullName, "0001.otlp.gz"), [.. Member(), .. Member(), .. Member()[..^20]]);
        var store = Store();

        RunFolder.Read(_folder, run.Name, store);

        Assert.Equal(2, store.Logs.Entries.Count);
    }

    [Fact]
    public async Task Only_so_many_runs_are_kept_and_what_is_not_a_run_stays()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mine"));
        foreach (var day in Enumerable.Range(1, 6))
        {
            var run = Directory.CreateDirectory(Path.Combine(_folder, RunFolder.NameOf(new DateTimeOffset(2024, 1, day, 0, 0, 0, TimeSpan.Zero))));
            File.WriteAllBytes(Path.Combine(run.FullName, "0001.otlp.gz"), []);
        }
        await using (var host = await DashboardHost.StartAsync(options => { options.RunsFolder = _folder; options.RunsKept = 3; }))
            host.Server.Services.GetRequiredService<RunRecorder>().Offer(OtlpRequests.Logs("a", OtlpRequests.Log("now")));

        var left = Directory.GetDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(4, left.Count);
        Assert.Contains("mine", left);
        Assert.Equal("20240105-000000-000", left[0]);
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("20240101-000000-000/../..")]
    [InlineData("nowhere")]
    public async Task Run_is_found_by_its_place_in_the_list_never_by_path(string id)
    {
        await using var host = await DashboardHost.StartAsync(options => options.RunsFolder = _folder);

        Assert.Null(await host.Server.Services.GetRequiredService<DataCatalog>().FindAsync(id));
    }

    static TelemetryStore Store() => new(new(), TimeProvider.System);

    static TelemetryStore Sample()
    {
        var store = Store();
        store.Add(new SampleTelemetry(DateTimeOffset.UtcNow.AddMinutes(-1)).Build());
        return store;
    }

    static List<string> Entries(MemoryStream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    // As messages, in an order of their own: the order within a file is not part of what is held.
    static string Everything(TelemetryStore store) => string.Join('\n',
        WireWriter.Traces(store.Traces.All().OrderBy(span => span.Id.Value)).ResourceSpans.Select(item => item.ToString()).Order(StringComparer.Ordinal)
            .Concat(WireWriter.Logs(store.Logs.Where(_ => true)).ResourceLogs.Select(item => item.ToString()).Order(StringComparer.Ordinal))
            .Concat(WireWriter.Metrics(store.Metrics.Read(_ => true).OrderBy(item => item.Key.Name, StringComparer.Ordinal)).ResourceMetrics.Select(item => item.ToString())));
}
