using System.Text.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class AskTests
{
    [Fact]
    public async Task All_questions_are_asked_one_after_the_other_and_their_verdicts_printed()
    {
        await using var web = await AnsweringAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "ask"));
        Assert.Equal(["POST /api/questions/first", "POST /api/questions/second"], web.Requests.Where(request => request.StartsWith("POST")));
        Assert.Single(client.Lines, "machine   atelier, 2 cores, Debian 12");
        Assert.Contains("[1] Is it?", client.Lines);
        Assert.Contains("HOLDS: It is so.", client.Lines);
        Assert.Contains("speed-up: 5.10x, 95 % 4.90-5.30 (expected: at least 3 x)", client.Lines);
        Assert.Contains("threads: 2.00", client.Lines);
        Assert.Contains("7 rounds, as many as it took for intervals of ±10.0 %.", client.Lines);
        Assert.Contains($"flagcloud show {Samples.Id}", client.Lines);
        Assert.Contains("2 questions: 2 hold, 0 do not hold, 0 cannot be told, 0 without a verdict.", client.Lines);
    }

    [Fact]
    public async Task Experiment_is_watched_as_a_comparison_is()
    {
        await using var web = await AnsweringAsync();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Asked("first"));
            await events.SendAsync("run", Samples.Async with { Trial = "one thread" });
            await events.SendAsync("comparison", Samples.Answered("first"));
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "ask", "1"));
        Assert.Contains("one thread, round 1: 20 ok in 1.35 s", client.ErrorLines);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("second")]
    public async Task One_question_is_asked_by_its_number_or_id(string name)
    {
        await using var web = await AnsweringAsync();

        Assert.Equal(0, await new Client().RunAsync(web, "ask", name));
        Assert.Equal(["POST /api/questions/second"], web.Requests.Where(request => request.StartsWith("POST")));
    }

    [Theory]
    [InlineData(VerdictKind.DoesNotHold, "DOES NOT HOLD: It is not.")]
    [InlineData(VerdictKind.CannotBeTold, "CANNOT BE TOLD: It is not.")]
    public async Task Verdict_that_does_not_hold_ends_with_1(VerdictKind kind, string line)
    {
        await using var web = await AnsweringAsync();
        web.Becomes = question => question is "first" ? Samples.Answered(question) with { Verdict = new(kind, "It is not.", []) } : Samples.Answered(question);
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "ask"));
        Assert.Contains(line, client.Lines);
        Assert.Contains("HOLDS: It is so.", client.Lines); // The second question is asked all the same.
    }

    [Fact]
    public async Task Precision_that_was_missed_does_not_read_as_success()
    {
        await using var web = await AnsweringAsync();
        web.Becomes = question => Samples.Answered(question) with { Precision = new(0.1, 1.73, 10, 10, false) };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "ask", "1"));
        Assert.Contains("10 rounds, the most allowed, were not enough for intervals of ±10.0 %: ±173.0 % is as far as it came.", client.Lines);
    }

    [Fact]
    public async Task Experiment_that_failed_says_why_and_ends_with_1()
    {
        await using var web = await AnsweringAsync();
        web.Becomes = question => Samples.Asked(question) with { Status = ComparisonStatus.Failed, Reason = "the cat sat on it" };
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "ask", "1"));
        Assert.Contains("FAILED: the cat sat on it", client.Lines);
        Assert.Contains("1 question: 0 hold, 0 do not hold, 0 cannot be told, 1 without a verdict.", client.Lines);
    }

    [Fact]
    public async Task Interrupted_it_cancels_the_experiment_at_the_server_and_asks_no_further()
    {
        await using var web = await AnsweringAsync();
        using var stop = new CancellationTokenSource();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Asked("first"));
            web.Record = Samples.Asked("first") with { Status = ComparisonStatus.Cancelled };
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, events.Gone);
        });
        var client = new Client();

        Assert.Equal(130, await client.RunAsync(["ask", "--url", web.Url], stop.Token));
        Assert.True(web.Cancelled.IsCompleted);
        Assert.Contains("CANCELLED: no verdict", client.Lines);
        Assert.Single(web.Requests, request => request.StartsWith("POST"));
    }

    [Fact]
    public async Task Key_of_the_environment_goes_along()
    {
        await using var web = await AnsweringAsync();
        var client = new Client { Variables = { ["FLAGCLOUD_API_KEY"] = "secret" } };

        Assert.Equal(0, await client.RunAsync(web, "ask", "1"));
        Assert.Equal("Bearer secret", Assert.Single(web.Keys));
    }

    [Fact]
    public async Task List_describes_and_asks_nothing()
    {
        await using var web = await AnsweringAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "ask", "--list"));
        Assert.Equal(["GET /api/questions"], web.Requests);
        Assert.Contains("[2] Or is it not?", client.Lines);
        Assert.Contains("behind it Some say so.", client.Lines.Select(line => line.Replace("  ", " ")));
        Assert.Contains("asked     20251224-000000-000-0000", client.Lines);
    }

    [Fact]
    public async Task Question_that_does_not_exist_is_wrong_use()
    {
        await using var web = await AnsweringAsync();
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(web, "ask", "third"));
        Assert.Equal("flagcloud: there is no question 'third'; there are 1 (first), 2 (second).", client.Error.TrimEnd());
        Assert.DoesNotContain(web.Requests, request => request.StartsWith("POST"));
    }

    [Fact]
    public async Task Json_has_every_answer_as_file_and_as_output()
    {
        await using var web = await AnsweringAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("flagcloud-ask-").FullName, "answers.json");
        var client = new Client();
        try
        {
            Assert.Equal(0, await client.RunAsync(web, "ask", "--json", file, "--output", "json"));
            foreach (var text in (string[])[await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), client.Output])
            {
                var answers = JsonSerializer.Deserialize<Comparison[]>(text, FlagCloudJson.Options)!;
                Assert.Equal([("first", VerdictKind.Holds), ("second", VerdictKind.Holds)], answers.Select(answer => (answer.Question, answer.Verdict!.Kind)));
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    static async Task<StandInWeb> AnsweringAsync()
    {
        var web = await StandInWeb.StartAsync();
        web.Becomes = Samples.Answered;
        return web;
    }
}
