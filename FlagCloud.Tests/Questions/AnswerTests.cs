using System.Net;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Questions;

/// <summary>Experiments through the API, against a real silo, origin and storage.</summary>
public sealed class AnswerTests(AzuriteFixture azurite)
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Question_is_run_judged_and_kept()
    {
        await using var host = await SiloHost.Start(azurite);
        using var asked = await host.Client.PostAsync("/api/questions/8", null);

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var answer = await Ended(host, asked.Headers.Location!);
        Assert.Equal((ComparisonStatus.Completed, null), (answer.Status, answer.Reason));
        Assert.Equal(VerdictKind.Holds, answer.Verdict!.Kind);
        Assert.InRange(answer.Precision!.Rounds, 6, answer.Precision.MaxRounds);
        var trial = Assert.Single(answer.Trials);
        Assert.Equal(answer.Precision.Rounds, trial.Runs.Count);
        Assert.All(trial.Runs, run => Assert.Equal((20, false), (run.Ok, run.Warmup)));
        Assert.All(answer.Verdict.Figures.Take(2), figure => Assert.NotNull(figure.Expected));
        var listed = (await host.Client.GetFromJsonAsync<QuestionInfo[]>("/api/questions", FlagCloudJson.Options))!;
        Assert.Equal(answer.Id, listed.Single(question => question.Number == 8).LastAnswer);
        Assert.Equal(answer.Id, Assert.Single((await host.Client.GetFromJsonAsync<Answer[]>("/api/answers", FlagCloudJson.Options))!).Id);
    }

    [Fact]
    public async Task Experiment_waits_for_the_comparison_before_it_and_can_be_cancelled()
    {
        await using var host = await SiloHost.Start(azurite);
        var comparison = await host.Start(new { profile = "slow", warmup = false, strategies = new[] { "sequential" } });
        using var asked = await host.Client.PostAsync("/api/questions/threads-under-a-lock", null);
        var answer = (await asked.Content.ReadFromJsonAsync<Answer>(FlagCloudJson.Options))!;

        Assert.Equal(ComparisonStatus.Queued, answer.Status);
        await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}");
        await Until(host, asked.Headers.Location!, one => one.Status is ComparisonStatus.Running);
        using var cancelled = await host.Client.DeleteAsync(asked.Headers.Location);
        var ended = await Ended(host, asked.Headers.Location!);
        Assert.Equal((ComparisonStatus.Cancelled, null), (ended.Status, ended.Verdict));
        Assert.Equal(ComparisonStatus.Completed, (await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false })).Status);
    }

    [Fact]
    public async Task Experiment_whose_silo_stops_goes_on_in_the_next_one()
    {
        var connectionString = await azurite.NextConnectionString();
        Uri location;
        int before;
        await using (var host = await SiloHost.Start(azurite, connectionString: connectionString))
        {
            using var asked = await host.Client.PostAsync("/api/questions/8", null);
            location = asked.Headers.Location!;
            before = (await Until(host, location, answer => answer.Trials[0].Runs.Count >= 2)).Trials[0].Runs.Count;
        }
        await using var next = await SiloHost.Start(azurite, connectionString: connectionString);

        var ended = await Ended(next, location);
        Assert.Equal((ComparisonStatus.Completed, null), (ended.Status, ended.Reason));
        Assert.Equal(VerdictKind.Holds, ended.Verdict!.Kind);
        Assert.Contains($"after {before} rounds", Assert.Single(ended.Interruptions!), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, ended.Precision!.Rounds), ended.Trials[0].Runs.Select(run => run.Round));
    }

    [Theory]
    [InlineData("POST", "/api/questions/10000", "1 (threads-under-a-lock)")]
    [InlineData("GET", "/api/questions/nothing", "1 (threads-under-a-lock)")]
    [InlineData("GET", "/api/answers/q20260101-000000-000-abcd", "GET /api/answers")]
    [InlineData("DELETE", "/api/answers/..%2fflags", "GET /api/answers")]
    public async Task What_does_not_exist_is_a_problem_that_says_what_does(string method, string path, string named)
    {
        await using var host = await SiloHost.Start(azurite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static Task<Answer> Ended(SiloHost host, Uri answer) => Until(host, answer, one => one.Ended);

    static async Task<Answer> Until(SiloHost host, Uri address, Func<Answer, bool> reached)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var answer = (await host.Client.GetFromJsonAsync<Answer>(address, FlagCloudJson.Options))!;
            if (reached(answer)) return answer;
            if (deadline.IsCancellationRequested) throw new TimeoutException($"The answer was awaited for {Deadline}; it is {answer.Status}, doing '{answer.Doing}'.");
            await Task.Delay(50);
        }
    }
}
