using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Hosting;

/// <summary>What tests say to the API.</summary>
static class SiloClient
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <param name="request">Settings; of rounds, one is measured unless it says how many.</param>
    public static async Task<Comparison> Start(this SiloHost host, object request)
    {
        var settings = JsonSerializer.SerializeToNode(request, FlagCloudJson.Options)!.AsObject();
        if (settings["rounds"] is null && settings["ciWidth"] is null) settings["rounds"] = 1;
        using var response = await host.Client.PostAsJsonAsync("/api/comparisons", settings, FlagCloudJson.Options);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;
    }

    /// <summary>Starts a comparison and follows its events to the final record.</summary>
    public static async Task<Comparison> Run(this SiloHost host, object request) => await host.End((await host.Start(request)).Id);

    public static async Task<Comparison> End(this SiloHost host, string id)
    {
        await foreach (var item in host.Events(id))
            if (item is { Comparison: { Ended: true } comparison }) return comparison;
        throw new InvalidOperationException($"The events of {id} ended without a final record.");
    }

    public static async IAsyncEnumerable<ComparisonEvent> Events(this SiloHost host, string id)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var stream = await host.Client.GetStreamAsync($"/api/comparisons/{id}/events", deadline.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(deadline.Token))
            yield return item.EventType switch
            {
                "comparison" => new(Comparison: JsonSerializer.Deserialize<Comparison>(item.Data, FlagCloudJson.Options)),
                "progress" => new(Progress: JsonSerializer.Deserialize<ComparisonProgress>(item.Data, FlagCloudJson.Options)),
                "run" => new(Run: JsonSerializer.Deserialize<Run>(item.Data, FlagCloudJson.Options)),
                _ => throw new InvalidDataException($"Unknown event {item.EventType}."),
            };
    }

    public static async Task<Comparison> Get(this SiloHost host, string id) =>
        (await host.Client.GetFromJsonAsync<Comparison>($"/api/comparisons/{id}", FlagCloudJson.Options))!;

    public static async Task<IReadOnlyList<StoredFlag>> StoredFlags(this SiloHost host) =>
        (await host.Client.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!;

    public static async Task<IReadOnlyList<Download>> Downloads(this SiloHost host, string id) =>
        (await host.Client.GetFromJsonAsync<Download[]>($"/api/comparisons/{id}/downloads", FlagCloudJson.Options))!;

    public static void AddsUp(Run run) => Assert.Equal(run.Requested, run.Ok + run.NotModified + run.NotFound + run.Errors + run.Cancelled);
}
