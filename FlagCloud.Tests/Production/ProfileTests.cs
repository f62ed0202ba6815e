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

    [Theory]
    [InlineData("/scalar/")]
    [InlineData("/orleans/")]
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
