using System.Text.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class AskTests
{
    [Fact]
    public async Task All_questions_are_asked_one_after_the_other_and_their_verdicts_printed()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "ask"));
        Assert.Equal(["POST /api/questions/first", "POST /api/questions/second"], silo.Requests.Where(request => request.StartsWith("POST")));
        Assert.Contains("machine   atelier, 2 cores, Debian 12", client.Lines);
        Assert.Contains("[1] Is it?", client.Lines);
        Assert.Contains("HOLDS: It is so.", client.Lines);
        Assert.Contains("speed-up: 5.10x, 95 % 4.90-5.30 (expected: at least 3 x)", client.Lines);
        Assert.Contains("threads: 2.00", client.Lines);
        Assert.Contains("7 rounds in 16.0 s, enough: intervals to 4 % either side, 10 % wanted; answer qfirst", client.Lines);
        Assert.Contains("2 questions: 2 hold, 0 do not hold, 0 cannot be told, 0 without a verdict.", client.Lines);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("second")]
    public async Task One_question_is_asked_by_its_number_or_id(string name)
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "ask", name));
        Assert.Equal(["POST /api/questions/second"], silo.Requests.Where(request => request.StartsWith("POST")));
    }

    [Theory]
    [InlineData(VerdictKind.DoesNotHold, "DOES NOT HOLD: It is not.")]
    [InlineData(VerdictKind.CannotBeTold, "CANNOT BE TOLD: It is not.")]
    public async Task Verdict_that_does_not_hold_ends_with_1(VerdictKind kind, string line)
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Answers.Enqueue(Samples.Asked("first"));
        silo.Answers.Enqueue(Samples.Answered("first") with { Verdict = new(kind, "It is not.", []) });
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "ask"));
        Assert.Contains(line, client.Lines);
        Assert.Contains("HOLDS: It is so.", client.Lines); // The second question is asked all the same.
    }

    [Fact]
    public async Task Experiment_that_failed_says_why_and_ends_with_1()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Answers.Enqueue(Samples.Asked("first"));
        silo.Answers.Enqueue(Samples.Asked("first") with { Status = ComparisonStatus.Failed, Reason = "the cat sat on it" });
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "ask", "1"));
        Assert.Contains("FAILED: the cat sat on it", client.Lines);
        Assert.Contains("1 question: 0 hold, 0 do not hold, 0 cannot be told, 1 without a verdict.", client.Lines);
    }

    [Fact]
    public async Task Interrupted_it_cancels_the_experiment_at_the_silo_and_asks_no_further()
    {
        await using var silo = await StandInSilo.StartAsync();
        for (var look = 0; look < 100_000; look++) silo.Answers.Enqueue(Samples.Asked("first"));
        using var stop = new CancellationTokenSource();
        var client = new Client();
        var run = client.RunAsync(["ask", "--url", silo.Url], stop.Token);
        await Until(() => silo.Answers.Count < 99_990);
        await stop.CancelAsync();

        Assert.Equal(1, await run);
        Assert.True(silo.Cancelled.IsCompleted);
        Assert.Contains("CANCELLED: no verdict", client.Lines);
        Assert.Single(silo.Requests, request => request.StartsWith("POST"));
    }

    [Fact]
    public async Task List_describes_and_asks_nothing()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "ask", "--list"));
        Assert.Equal(["GET /api/questions"], silo.Requests);
        Assert.Contains("[2] Or is it not?", client.Lines);
        Assert.Contains("behind it Some say so.", client.Lines);
        Assert.Contains("asked     qold", client.Lines);
    }

    [Fact]
    public async Task Question_that_does_not_exist_is_wrong_use()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(silo, "ask", "third"));
        Assert.Equal("flagcloud: there is no question 'third'; there are 1 (first), 2 (second).", client.Error.TrimEnd());
        Assert.DoesNotContain(silo.Requests, request => request.StartsWith("POST"));
    }

    [Fact]
    public async Task Json_has_every_answer()
    {
        await using var silo = await StandInSilo.StartAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("flagcloud-ask-").FullName, "answers.json");
        try
        {
            Assert.Equal(0, await new Client().RunAsync(silo, "ask", "--json", file));
            var answers = JsonSerializer.Deserialize<Answer[]>(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), FlagCloudJson.Options)!;
            Assert.Equal([("first", VerdictKind.Holds), ("second", VerdictKind.Holds)], answers.Select(answer => (answer.Question, answer.Verdict!.Kind)));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    static async Task Until(Func<bool> reached)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!reached())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException("The client did not look at the answer ten times within 20 s.");
            await Task.Delay(5);
        }
    }
}
