using System.Net;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Questions;

/// <summary>Questions through the API, against a real silo, origin and storage.</summary>
public sealed class QuestionTests(AzuriteFixture azurite, SiloFixture fixture) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Question_is_run_judged_and_kept_as_a_comparison()
    {
        var host = await fixture.Host(azurite);
        var started = await Ask(host, "8");
        var ended = await host.End(started.Id);

        Assert.Equal((ComparisonStatus.Completed, null, "map-or-as-completed"), (ended.Status, ended.Reason, ended.Question));
        Assert.Equal(VerdictKind.Holds, ended.Verdict!.Kind);
        Assert.Equal(ended.Verdict.Sentence, Assert.Single(ended.Conclusions));
        Assert.InRange(ended.Precision!.Rounds, 6, ended.Precision.MaxRounds);
        var trial = Assert.Single(ended.Trials!);
        Assert.Equal(Enumerable.Range(0, ended.Precision.Rounds + 1), ended.Runs.Select(run => run.Round));
        Assert.All(ended.Runs, run => Assert.Equal((trial.Name, "async", 20), (run.Trial, run.Strategy, run.Ok)));
        Assert.All(ended.Verdict.Figures.Take(2), figure => Assert.NotNull(figure.Expected));
        Assert.Equal(20 * ended.Runs.Count, (await host.Downloads(ended.Id)).Count);
        var listed = (await host.Client.GetFromJsonAsync<QuestionInfo[]>("/api/questions", FlagCloudJson.Options))!;
        Assert.Equal(ended.Id, listed.Single(question => question.Number == 8).LastAnswer);
    }

    [Fact]
    public async Task Question_waits_for_the_comparison_before_it_and_can_be_cancelled()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Start(new { profile = "slow", warmup = false, strategies = new[] { "sequential" } });
        var asked = await Ask(host, "threads-under-a-lock");

        Assert.Equal(ComparisonStatus.Queued, asked.Status);
        await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}");
        await foreach (var item in host.Events(asked.Id))
            if (item.Progress is { Trial: "sequential, lock", Finished: > 0 }) break;
        using var cancelled = await host.Client.DeleteAsync($"/api/comparisons/{asked.Id}");
        var ended = await host.End(asked.Id);
        Assert.Equal((ComparisonStatus.Cancelled, null), (ended.Status, ended.Verdict));
        Assert.All(ended.Runs, SiloClient.AddsUp);
        Assert.Equal(ComparisonStatus.Completed, (await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false })).Status);
    }

    [Fact]
    public async Task Question_whose_silo_stops_goes_on_in_the_next_one()
    {
        var connectionString = await azurite.NextConnectionString();
        string id;
        await using (var host = await SiloHost.Start(azurite, connectionString: connectionString))
        {
            id = (await Ask(host, "2")).Id; // Its claims are counts, which a busy machine does not change.
            await foreach (var item in host.Events(id))
                if (item.Run is { Round: 2 }) break;
        }
        await using var next = await SiloHost.Start(azurite, connectionString: connectionString);
        var ended = await next.End(id);

        Assert.Equal((ComparisonStatus.Completed, null), (ended.Status, ended.Reason));
        Assert.Equal(VerdictKind.Holds, ended.Verdict!.Kind);
        Assert.Single(ended.Interruptions!);
        Assert.Distinct(ended.Runs.Select(run => (run.Round, run.Trial)));
    }

    [Theory]
    [InlineData("POST", "/api/questions/10000", "1 (threads-under-a-lock)")]
    [InlineData("GET", "/api/questions/nothing", "1 (threads-under-a-lock)")]
    public async Task Question_that_does_not_exist_is_a_problem_that_says_what_does(string method, string path, string named)
    {
        var host = await fixture.Host(azurite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static async Task<Comparison> Ask(SiloHost host, string question)
    {
        using var response = await host.Client.PostAsync($"/api/questions/{question}", null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var comparison = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;
        Assert.EndsWith($"/api/comparisons/{comparison.Id}", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return comparison;
    }
}
