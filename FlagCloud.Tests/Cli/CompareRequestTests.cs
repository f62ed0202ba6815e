using System.Text.Json.Nodes;

namespace FlagCloud.Tests.Cli;

public sealed class CompareRequestTests
{
    [Theory]
    [InlineData("", """{"countries":"top20"}""")]
    [InlineData("-a", """{"countries":"all"}""")]
    [InlineData("--all BR", """{"countries":"all"}""")]
    [InlineData("-e", """{"countries":"every"}""")]
    [InlineData("--every -a", """{"countries":"every"}""")]
    [InlineData("BR cn U gb-ENG br", """{"countries":["br","cn","u","gb-eng"]}""")]
    [InlineData("-l 5", """{"countries":"top20","limit":5}""")]
    [InlineData("-al5", """{"countries":"all","limit":5}""")]
    [InlineData("-m 30", """{"countries":"top20","concurrency":30}""")]
    [InlineData("--max_req 30", """{"countries":"top20","concurrency":30}""")]
    [InlineData("--concurrency=30", """{"countries":"top20","concurrency":30}""")]
    [InlineData("-s LOCAL", """{"countries":"top20","profile":"local"}""")]
    [InlineData("-s delay", """{"countries":"top20","profile":"delay"}""")]
    [InlineData("--server ERROR", """{"countries":"top20","profile":"error"}""")]
    [InlineData("-s slow-body", """{"countries":"top20","profile":"slow-body"}""")]
    [InlineData("-s Remote", """{"countries":"top20","origin":"https://www.fluentpython.com/data/flags/{code}/{code}.gif"}""")]
    [InlineData("-v", """{"countries":"top20"}""")]
    [InlineData("--strategy Async,sequential", """{"countries":"top20","strategies":["async","sequential"]}""")]
    [InlineData("--strategy async --strategy threaded", """{"countries":"top20","strategies":["async","threaded"]}""")]
    [InlineData("--rounds 5 --no-warmup", """{"countries":"top20","rounds":5,"warmup":false}""")]
    [InlineData("--work Brotli --interpreter-lock", """{"countries":"top20","work":"brotli","interpreterLock":true}""")]
    [InlineData("--work brotli --quality 5", """{"countries":"top20","work":"brotli","quality":5}""")]
    [InlineData("--ci-width 0.05 --max-rounds 12", """{"countries":"top20","ciWidth":0.05,"maxRounds":12}""")]
    [InlineData("--timeout 3.1 --retries 0 --no-connection-reuse", """{"countries":"top20","attemptTimeoutSeconds":3.1,"retries":0,"connectionReuse":false}""")]
    [InlineData("--seed -7 --mode refresh", """{"countries":"top20","seed":-7,"mode":"refresh"}""")]
    public async Task Options_become_the_request(string args, string expected)
    {
        await using var silo = await StandInSilo.StartAsync();

        var exit = await new Client().RunAsync(silo, ["compare", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(0, exit);
        var body = Assert.Single(silo.Bodies);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(body)), body);
    }

    [Theory]
    [InlineData("SILO_HTTP")]
    [InlineData("services__silo__http__0")]
    public async Task Address_comes_from_the_environment(string variable)
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client { Variables = { [variable] = silo.Url } };

        var exit = await client.RunAsync(["compare"], TestContext.Current.CancellationToken);

        Assert.Equal(0, exit);
        Assert.Single(silo.Bodies);
    }
}
