using Microsoft.AspNetCore.Http;

namespace FlagCloud.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Find the limit to use")]
    [InlineData("bogus", "'bogus'")]
    [InlineData("comapre", "compare")]
    [InlineData("compare --ci-width 2", "--ci-width: 2 is not allowed. Give a share of the figure, such as 0.05 from 0.005 to 1.")]
    [InlineData("compare --timeout soon", "from 0.1 to 25")]
    [InlineData("ask --json /no/such/folder/a.json", "'/no/such/folder/a.json'")]
    [InlineData("compare ABCD1", "'ABCD1'")]
    [InlineData("compare ../../etc", "'../../etc'")]
    [InlineData("compare br é", "'é'")]
    [InlineData("compare zz", "'zz' is no country")]
    [InlineData("compare @file", "'file'")]
    [InlineData("compare --bogus", "'--bogus'")]
    [InlineData("compare -l 0", "-l: 0 is not allowed. Give countries from 1 to")]
    [InlineData("compare -l", "-l")]
    [InlineData("compare -m 0", "-m: 0 is not allowed. Give downloads in flight from 1 to 1000.")]
    [InlineData("compare --max-req 0", "--max-req: 0 is not allowed.")]
    [InlineData("compare -m 99999999999", "from 1 to")]
    [InlineData("compare -m 1.5", "from 1 to")]
    [InlineData("compare -m 1e3", "from 1 to")]
    [InlineData("compare -m many", "many")]
    [InlineData("compare -m 1 -m 2", "-m")]
    [InlineData("compare --rounds -1", "-1")]
    [InlineData("compare --rounds 5 --ci-width 0.1", "--rounds: 5 is not allowed with --ci-width")]
    [InlineData("compare --max-rounds 9", "Give --ci-width, too")]
    [InlineData("compare -q --rounds 3", "-q is one round")]
    [InlineData("compare -a --rounds 9999", "--rounds: ")]
    [InlineData("compare --strategy async,async", "--strategy: ")]
    [InlineData("compare --work gzip", "'brotli'")]
    [InlineData("compare --mode fast", "'refresh'")]
    [InlineData("compare --json /no/such/folder/c.json", "'/no/such/folder/c.json'")]
    [InlineData("compare --json same --csv same", "two files")]
    [InlineData("compare --wait long", "'long'")]
    [InlineData("compare --output xml", "'xml'")]
    [InlineData("list -l 0", "-l: 0 is not allowed. Give comparisons from 1 to 200.")]
    [InlineData("sweep --limits 1,zwei", "'1,zwei'")]
    [InlineData("diff here.json there.json", "'here.json'")]
    [InlineData("diff a", "'diff'")]
    [InlineData("show ../flags", "'../flags'")]
    [InlineData("show", "show")]
    [InlineData("cancel a/b", "'a/b'")]
    public async Task Wrong_use_is_said_on_stderr_and_starts_nothing(string args, string named)
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client { Variables = { ["WEB_HTTP"] = web.Url } };

        var exit = await client.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Empty(client.Output);
        Assert.Contains(named, client.Error);
        Assert.Empty(web.Requests);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("localhost")]
    public async Task Address_that_is_none_is_refused(string url)
    {
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(["compare", "--url", url], TestContext.Current.CancellationToken));
        Assert.Contains($"--url is an http or https address such as http://localhost:15101, not '{url}'", client.Error);
    }

    [Fact]
    public async Task Refusal_by_the_silo_names_its_fields()
    {
        await using var web = await StandInWeb.StartAsync();
        web.StartAnswer = Results.ValidationProblem(new Dictionary<string, string[]>
        {
            ["countries"] = ["'zz' is unknown."],
            ["concurrency"] = ["1 to 1000,\nnot 100000."],
        });
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(web, "compare", "br"));
        Assert.Empty(client.Output);
        Assert.Equal("flagcloud: CC: 'zz' is unknown. --max_req: 1 to 1000, not 100000.", client.Error.TrimEnd());
    }

    [Fact]
    public async Task Help_goes_to_stdout()
    {
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(["compare", "--help"], TestContext.Current.CancellationToken));
        Assert.Contains("--max_req", client.Output);
        Assert.Empty(client.Error);
    }
}
