using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Orchestration;

namespace FlagCloud.Tests.EndToEnd;

/// <summary>The real AppHost after a comparison, with its dashboard; its tests only look.</summary>
public sealed class ComparedApp : IAsyncLifetime
{
    internal AppHostProcess Host { get; } = AppHostProcess.StartOnFreePorts("--Compare=-s local -l 20 --rounds 2");

    /// <summary>As the silo's API tells it.</summary>
    internal Comparison Comparison { get; private set; } = null!;

    /// <summary>Downloads of all its runs, the warm-up too.</summary>
    internal int Downloads => Comparison.Runs.Sum(run => run.Requested);

    internal string Login => Host.LinkOf("dashboard");

    internal Uri Dashboard => new(new Uri(Login).GetLeftPart(UriPartial.Authority));

    public async ValueTask InitializeAsync()
    {
        await Host.UntilAsync("compare has finished");
        using var silo = Host.Client("silo");
        Comparison = Assert.Single((await silo.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
