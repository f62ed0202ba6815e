using System.Text.Json;
using System.Text.Json.Nodes;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class DiffTests : IDisposable
{
    const string First = "20260102-030405-000-000a", Second = "20260102-030405-000-000b";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flagcloud-diff-");

    static Comparison A { get; } = Samples.Measured(First, "async", 1, 2, 3, 4, 5, 6);

    static Comparison Slower { get; } = Samples.Measured(Second, "async", 1.2, 2.6, 3.3, 5, 6.5, 7.2);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Rounds_are_paired_and_a_difference_is_one_whose_interval_leaves_out_one()
    {
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(["diff", Write(A), Write(Slower)], TestContext.Current.CancellationToken));
        Assert.Contains("async: B is slower; B takes 1.23x the time of A, 95 % 1.10-1.30.", client.Lines);
        Assert.Contains("async 3.50 s 4.15 s 1.23x 1.10-1.30 100.0 % 100.0 %", client.Lines.Select(Words));
        Assert.Contains("Paired round by round: both met the same delays and faults.", client.Lines);
        Assert.Contains("Settings: the same.", client.Lines);
    }

    [Theory]
    [InlineData("0.1", 1)]
    [InlineData("0.25", 0)]
    public async Task Threshold_decides_the_exit_code(string threshold, int exit) =>
        Assert.Equal(exit, await new Client().RunAsync(["diff", Write(A), Write(Slower), "--threshold", threshold], TestContext.Current.CancellationToken));

    [Fact]
    public async Task No_difference_and_too_few_rounds_are_told_apart()
    {
        var same = Write(Samples.Measured(Second, "async", 1.1, 1.9, 3.1, 3.9, 5.1, 5.9));
        var few = Write(Samples.Measured("20260102-030405-000-000c", "async", 1.2, 2.4));
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(["diff", Write(A), same, "--threshold", "0"], TestContext.Current.CancellationToken));
        Assert.Contains("async: no difference shown; ", client.Output);
        Assert.Equal(1, await client.RunAsync(["diff", Write(A), few, "--threshold", "0.5"], TestContext.Current.CancellationToken));
        Assert.Contains("async: B takes 1.20x the time of A in the 2 rounds that both have; 6 give an interval.", client.Lines);
    }

    [Fact]
    public async Task Fewer_stored_flags_exceed_any_threshold()
    {
        var losing = Write(A with { Id = Second, Runs = [.. A.Runs.Select(run => run with { Ok = 10, Errors = 10 })] });

        Assert.Equal(1, await new Client().RunAsync(["diff", Write(A), losing, "--threshold", "9"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Settings_and_environments_that_differ_are_named()
    {
        var other = Write(Slower with { Settings = Slower.Settings with { Seed = 2 }, Environment = Slower.Environment with { Machine = "cloud" } });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(["diff", Write(A), other], TestContext.Current.CancellationToken));
        Assert.Contains("seed: 1 | 2", client.Lines);
        Assert.Contains("machine: atelier | cloud", client.Lines);
        Assert.Contains("each met delays and faults of its own", client.Output);
    }

    [Fact]
    public async Task Records_come_from_this_server_by_id_and_from_another_by_address()
    {
        await using var here = await StandInWeb.StartAsync();
        await using var there = await StandInWeb.StartAsync();
        (here.Record, there.Record) = (A, Slower);
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(here, "diff", First, $"{there.Url}/api/comparisons/{Second}", "--output", "json"));
        var difference = JsonNode.Parse(client.Output)!;
        Assert.Equal((First, Second), ((string)difference["a"]!, (string)difference["b"]!));
        Assert.Equal(1.1, (double)difference["trials"]![0]!["low"]!, 6);
    }

    [Fact]
    public async Task What_has_nothing_in_common_is_wrong_use()
    {
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(["diff", Write(A), Write(Samples.Measured(Second, "threaded", 1))], TestContext.Current.CancellationToken));
        Assert.Contains("have no measured trial in common: async; threaded.", client.Error);
    }

    [Fact]
    public async Task File_that_is_no_record_is_wrong_use()
    {
        var file = Path.Combine(folder.FullName, "list.json");
        await File.WriteAllTextAsync(file, "[]", TestContext.Current.CancellationToken);
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(["diff", file, Write(A)], TestContext.Current.CancellationToken));
        Assert.Contains("list.json cannot be read as the record of a comparison", client.Error);
    }

    string Write(Comparison comparison)
    {
        var file = Path.Combine(folder.FullName, $"{comparison.Id}.json");
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(comparison, FlagCloudJson.Options));
        return file;
    }

    static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
