using System.Net;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace FlagCloud.Tests.Production;

public sealed class ProfileTests(AzuriteFixture azurite, ProductionSilo production, SiloFixture development)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orleans_dashboard_is_there_where_it_was_asked_for_in_development_only()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await (await development.Host(azurite)).Client.GetAsync("/orleans/", Cancelled)).StatusCode);
        var asked = new Dictionary<string, string?> { ["Cluster:Dashboard"] = "true" };
        await using var host = await SiloHost.Start(azurite, asked);
        foreach (var path in new[] { "/orleans/", "/orleans/DashboardCounters" })
            Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync(path, Cancelled)).StatusCode);
        await using var live = await SiloHost.Start(azurite, asked, environment: "Production");
        Assert.Equal(HttpStatusCode.NotFound, (await live.Client.GetAsync("/orleans/", Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("/scalar/")]
    public async Task Development_pages_are_there_in_development_only(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await (await development.Host(azurite)).Client.GetAsync(path, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await production.Host(azurite)).Client.GetAsync(path, Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Probes_answer_with_one_word(string path)
    {
        var silo = await production.Host(azurite);
        Assert.Equal("Healthy", await silo.Client.GetStringAsync(path, Cancelled));
    }

    [Fact]
    public async Task Production_logs_json_and_stops_within_the_grace_period()
    {
        var services = (await production.Host(azurite)).Services;
        Assert.Equal("json", services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        Assert.True(services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout < TimeSpan.FromSeconds(25));
    }
}
