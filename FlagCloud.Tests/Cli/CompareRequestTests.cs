using System.Text.Json;
using System.Text.Json.Nodes;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class CompareRequestTests
{
    /// <param name="expected">What differs from the defaults.</param>
    [Theory]
    [InlineData("", "{}")]
    [InlineData("BR cn X gb-ENG br", """{"countries":["br","cn","xk","xx","gb-eng"]}""")]
    [InlineData("-l 5", """{"limit":5}""")]
    [InlineData("-m 30", """{"concurrency":30}""")]
    [InlineData("--max_req 30", """{"concurrency":30}""")]
    [InlineData("--concurrency=30", """{"concurrency":30}""")]
    [InlineData("-s LOCAL", """{"profile":"local"}""")]
    [InlineData("-s delay", """{"profile":"delay"}""")]
    [InlineData("--server ERROR", """{"profile":"error"}""")]
    [InlineData("-s slow-body", """{"profile":"slow-body"}""")]
    [InlineData("-s Remote", """{"origin":"https://www.fluentpython.com/data/flags/{code}/{code}.gif"}""")]
    [InlineData("-s https://other.test/{CODE}.svg", """{"origin":"https://other.test/{CODE}.svg"}""")]
    [InlineData("-v", "{}")]
    [InlineData("--strategy Async,sequential", """{"strategies":["async","sequential"]}""")]
    [InlineData("--strategy async --strategy threaded", """{"strategies":["async","threaded"]}""")]
    [InlineData("--rounds 5 --no-warmup", """{"rounds":5,"warmup":false}""")]
    [InlineData("-q", """{"rounds":1}""")]
    [InlineData("-qm3", """{"rounds":1,"concurrency":3}""")]
    [InlineData("--work brotli --interpreter-lock", """{"work":"brotli","interpreterLock":true}""")]
    [InlineData("--work brotli --quality 5", """{"work":"brotli","quality":5}""")]
    [InlineData("--ci-width 0.05 --max-rounds 12", """{"ciWidth":0.05,"maxRounds":12}""")]
    [InlineData("--timeout 3.1 --retries 0 --no-connection-reuse", """{"attemptTimeoutSeconds":3.1,"retries":0,"connectionReuse":false}""")]
    [InlineData("--seed 7 --mode refresh", """{"seed":7,"mode":"refresh"}""")]
    public async Task Options_become_the_request(string args, string expected)
    {
        await using var web = await StandInWeb.StartAsync();

        Assert.Equal(0, await new Client().RunAsync(web, ["compare", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        var wanted = JsonSerializer.SerializeToNode(new ComparisonSettings(), FlagCloudJson.Options)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject()) wanted[name] = value?.DeepClone();
        var body = Assert.Single(web.Bodies);
        Assert.True(JsonNode.DeepEquals(wanted, JsonNode.Parse(body)), body);
    }

    [Theory]
    [InlineData("-a", 271, false)]
    [InlineData("-e", 676, false)]
    [InlineData("--all BR", 271, true)]
    [InlineData("--every -a", 676, true)]
    [InlineData("-al5", 271, false)]
    public async Task Larger_set_wins_and_its_size_is_said_where_two_are_named(string args, int flags, bool said)
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, ["compare", .. args.Split(' ')]));
        Assert.Equal(flags, JsonSerializer.Deserialize<ComparisonSettings>(Assert.Single(web.Bodies), FlagCloudJson.Options)!.Countries.Count);
        Assert.Equal(said, client.Error.Contains($"{flags} flags are asked for"));
    }

    [Fact]
    public async Task Options_come_from_a_response_file()
    {
        await using var web = await StandInWeb.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "BR\n-m\n7\n", TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal(0, await new Client().RunAsync(web, "compare", $"@{file}"));
            Assert.Contains("\"concurrency\":7", Assert.Single(web.Bodies));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("WEB_HTTP")]
    [InlineData("services__web__http__0")]
    public async Task Address_comes_from_the_environment(string variable)
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client { Variables = { [variable] = web.Url } };

        Assert.Equal(0, await client.RunAsync(["compare"], TestContext.Current.CancellationToken));
        Assert.Single(web.Bodies);
    }
}
