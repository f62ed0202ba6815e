using Microsoft.AspNetCore.Http;

namespace FlagCloud.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "compare, list, show, cancel or ask")]
    [InlineData("bogus", "compare, list, show, cancel or ask")]
    [InlineData("compare --ci-width 2", "from 0.005 to 1")]
    [InlineData("compare --timeout soon", "from 0.1 to 25")]
    [InlineData("ask --json /no/such/folder/a.json", "'/no/such/folder/a.json'")]
    [InlineData("compare ABCD1", "'ABCD1'")]
    [InlineData("compare ../../etc", "'../../etc'")]
    [InlineData("compare br é", "'é'")]
    [InlineData("compare @file", "'@file'")]
    [InlineData("compare --bogus", "'--bogus'")]
    [InlineData("compare -l 0", "from 1 to")]
    [InlineData("compare -l", "-l")]
    [InlineData("compare -m 0", "from 1 to")]
    [InlineData("compare -m 99999999999", "from 1 to")]
    [InlineData("compare -m many", "'many'")]
    [InlineData("compare -m 1 -m 2", "-m")]
    [InlineData("compare --rounds -1", "'-1'")]
    [InlineData("compare --work gzip", "none or brotli")]
    [InlineData("compare --mode fast", "force or refresh")]
    [InlineData("compare -s ../x", "LOCAL, WEB, DELAY, ERROR")]
    [InlineData("compare --json /no/such/folder/c.json", "'/no/such/folder/c.json'")]
    [InlineData("compare --csv /dev/null", "'/dev/null'")]
    [InlineData("compare --json same --csv same", "two files")]
    [InlineData("show ../flags", "'../flags'")]
    [InlineData("show", "show")]
    [InlineData("cancel a/b", "'a/b'")]
    public async Task Wrong_use_is_one_line_on_stderr_and_starts_nothing(string args, string named)
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client { Variables = { ["SILO_HTTP"] = silo.Url } };

        var exit = await client.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Empty(client.Output);
        Assert.StartsWith("flagcloud: ", Assert.Single(client.Error.TrimEnd().Split('\n')));
        Assert.Contains(named, client.Error);
        Assert.Empty(silo.Requests);
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
        await using var silo = await StandInSilo.StartAsync();
        silo.StartAnswer = Results.ValidationProblem(new Dictionary<string, string[]>
        {
            ["countries"] = ["'zz' is unknown."],
            ["concurrency"] = ["1 to 1000,\nnot 100000."],
        });
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(silo, "compare", "zz", "-m", "100000"));
        Assert.Empty(client.Output);
        Assert.Equal("flagcloud: countries: 'zz' is unknown. concurrency: 1 to 1000, not 100000.", client.Error.TrimEnd());
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
