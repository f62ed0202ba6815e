using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Flags;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Faults;

/// <summary>What others say goes into records and answers as one short line of printable characters, wherever it comes from.</summary>
public sealed class ForeignText(AzuriteFixture azurite)
{
    const string Begins = "a bell ";

    const int Longest = 200;

    static readonly string Dirty = Begins + "\a, a line\nand " + new string('x', 10_000);

    [Fact]
    public async Task Of_exceptions_that_nobody_foresees_is_cleaned()
    {
        await using var host = await SiloHost.Start(azurite, configure: silo =>
        {
            silo.Services.AddHttpClient(FlagSource.OurClient).AddHttpMessageHandler(() => new Client());
            silo.Services.AddSingleton<IIncomingGrainCallFilter, Calls>().AddSingleton<IStrategy, Fails>();
        });

        var downloads = await Downloads(await host.Run(new { countries = new[] { "br", "cn", "de" }, profile = "local", warmup = false, strategies = new[] { "async" } }));
        Assert.Equal([Outcome.Error, Outcome.Error, Outcome.Ok], downloads.Select(download => download.Outcome));
        IsClean("InvalidOperationException: ", downloads[0].Reason);
        IsClean("the flag's grain did not answer: ", downloads[1].Reason);
        var failed = await host.Run(new { countries = new[] { "de" }, profile = "local", warmup = false, strategies = new[] { "fails" } });
        Assert.Equal(ComparisonStatus.Failed, failed.Status);
        IsClean("InvalidOperationException: ", failed.Reason);

        async Task<Download[]> Downloads(Comparison comparison) => [.. (await host.Downloads(comparison.Id)).OrderBy(download => download.Country, StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Of_whoever_asks_is_cleaned()
    {
        await using var host = await SiloHost.Start(azurite);

        using var refused = await host.Client.PostAsync($"/api/questions/{Uri.EscapeDataString(Dirty[..2_000])}", null);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        IsClean("There is no question '", await Detail(refused));
    }

    [Theory]
    [InlineData("{0}\n\n", "Received an invalid status line: 'a bell ")]
    [InlineData("HTTP/1.1 200 OK\nConnection: close\n\n<html>{0}</html>", "'<' is an invalid start of a value.")]
    public async Task Of_an_origin_that_is_none_is_cleaned(string answer, string says)
    {
        await using var origin = new HostileOrigin(_ => async to => { await to.Send(string.Format(null, answer, Dirty.Replace("\n", "", StringComparison.Ordinal))); await to.Close(); });
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:Origin"] = origin.Address });

        using var refused = await host.Client.PostAsJsonAsync("/api/comparisons", new { profile = "local" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        IsClean($"The flag origin did not answer as one, so nothing was started: {says}", await Detail(refused), begins: "");
    }

    static void IsClean(string before, string? text, string begins = Begins)
    {
        Assert.True(text!.StartsWith(before + begins, StringComparison.Ordinal), text);
        Assert.False(text!.Any(char.IsControl), text);
        Assert.DoesNotContain(new string('x', Longest), text, StringComparison.Ordinal);
    }

    static async Task<string> Detail(HttpResponseMessage refused) => (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;

    sealed class Client : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith("/br.svg", StringComparison.Ordinal) ? throw new InvalidOperationException(Dirty) : base.SendAsync(request, cancellationToken);
    }

    sealed class Calls : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) =>
            context.InterfaceMethod?.DeclaringType == typeof(IFlagGrain) && context.TargetId.Key.ToString() is "cn" ? throw new InvalidOperationException(Dirty) : context.Invoke();
    }

    sealed class Fails : IStrategy
    {
        public string Name => "fails";

        public string Description => "Fails.";

        public Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne) => throw new InvalidOperationException(Dirty);
    }
}
