using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Production;

namespace FlagCloud.Tests.ByHand;

/// <summary>Ten thousand requests a seed, and what they leave behind in memory: five minutes.</summary>
public sealed class HostileRequests(AzuriteFixture azurite, ITestOutputHelper output)
{
    const int Requests = 10_000;

    static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    [Fact]
    public Task In_development() => Over_every_route("Development", null);

    [Fact]
    public Task In_production() => Over_every_route("Production", ProductionSilo.Key);

    async Task Over_every_route(string environment, string? key)
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Api:Key"] = key }, environment: environment);
        if (key is not null) host.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var known = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        await new Fuzzer(host, known.Id, key, seed: 0).Send(Requests); // What is made once, and stays, is made now.
        await Cancel(host);
        await Task.Delay(Rest);
        var before = Memory();
        var failed = 0;
        for (var seed = 1; seed <= 3; seed++)
        {
            var begunAt = Stopwatch.GetTimestamp();
            var answers = await new Fuzzer(host, known.Id, key, seed).Send(Requests);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{environment}, seed {seed}: {Fuzzer.Summary(answers)}; {Stopwatch.GetElapsedTime(begunAt).TotalSeconds:0} s"));
            foreach (var answer in answers.Where(answer => answer.Status is 0 or >= 500).Take(20)) output.WriteLine($"{answer}");
            failed += answers.Count(answer => answer.Status is 0 or >= 500);
        }
        var during = Memory();
        await Cancel(host);
        await Task.Delay(Rest);
        var after = Memory();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{environment}: heap of this process {before / 1e6:0.0} MB before, {during / 1e6:0.0} MB at their end, {after / 1e6:0.0} MB a minute later"));

        Assert.Equal(0, failed);
        Assert.InRange(after, 0, 1.2 * before);
    }

    // Some of the requests are right, and begin a comparison.
    static async Task Cancel(SiloHost host)
    {
        foreach (var comparison in (await host.Client.GetFromJsonAsync<Comparison[]>("/api/comparisons?limit=200", FlagCloudJson.Options))!.Where(comparison => !comparison.Ended))
            using (await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}")) { }
    }

    static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
