#pragma warning disable ASPIREINTERACTION001 // Forms are experimental in 13.6.
using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using FlagCloud.Contracts;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.AppHost;

/// <summary>The whole app of three silos, after a comparison of all flags. Its data lie on disk, as on a developer's machine.</summary>
public sealed class WholeApp : IAsyncLifetime
{
    readonly int blobPort = FreePort.Next();

    public DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FlagCloud_AppHost>(
        [
            "--Silos=3", "--Compare=-a -s local -m 32 --rounds 1 --no-warmup", "--DcpPublisher:RandomizePorts=false", $"--Ports:Web={FreePort.Next()}", $"--Ports:Origin={FreePort.Next()}", $"--Ports:Blob={blobPort}",
        ]);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        App = await builder.BuildAsync();
        await App.StartAsync();
    }

    string Data => Repository.PathTo("azurite", "data", $"{blobPort}");

    /// <summary>Azurite writes its list of blobs to disk every few seconds. What it has not written, a frozen Azurite that is killed does not have.</summary>
    public Task IsOnDisk(StoredFlag[] flags) => Eventually.True("Azurite to write its list of blobs", () =>
    {
        var list = File.ReadAllText(Path.Combine(Data, "__azurite_db_blob__.json"));
        return flags.All(flag => list.Contains(flag.ETag, StringComparison.Ordinal));
    });

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }
}

public sealed class WholeAppTests(WholeApp whole) : IClassFixture<WholeApp>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    ResourceNotificationService Resources => whole.App.ResourceNotifications;

    [Fact]
    public async Task Three_silos_compare_all_flags_and_every_stored_blob_is_what_the_origin_serves()
    {
        Assert.Equal(0, await Compared());

        using var lab = whole.App.CreateHttpClient("web", "http");
        using var origin = whole.App.CreateHttpClient("origin", "http");
        var stored = (await lab.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options, Cancelled))!;
        Assert.Equal(271, stored.Length);
        foreach (var flag in stored)
            Assert.Equal(await origin.GetByteArrayAsync($"/local/flags/{flag.Country}.svg", Cancelled), await lab.GetByteArrayAsync($"/flags/{flag.Country}.svg", Cancelled));
        var comparison = (await Comparisons())[^1]; // The oldest: the commands of other tests start more.
        Assert.Equal(3, comparison.Environment.Silos.Count);
        Assert.All(comparison.Runs, run => Assert.Equal((271, 271), (run.Requested, run.Ok)));
    }

    [Fact]
    public async Task Compare_is_a_form_whose_inputs_are_the_settings_and_which_says_what_is_allowed()
    {
        var form = Command("compare");
        Assert.Equal(["countries", "strategies", "profile", "concurrency", "rounds", "work"], form.Arguments.Select(input => input.Name));
        Assert.Equal(["top20", "all", "web", "20", "6", "none"], form.Arguments.Select(input => input.Value));
        Assert.Contains("1 to 1000", form.Arguments.Single(input => input.Name == "concurrency").Description, StringComparison.Ordinal);
        await Compared();
        var strategies = form.Arguments[1];
        await strategies.DynamicLoading!.LoadCallback(new() { Input = strategies, AllInputs = new(form.Arguments), Services = whole.App.Services, CancellationToken = Cancelled });
        Assert.Equal(["all", "sequential", "threaded", "async", "sequential, threaded", "sequential, async", "threaded, async"], strategies.Options!.Select(option => option.Key));

        Assert.Equal("0 is not allowed. Give rounds from 1 to 10000.", await Refusal("rounds", "0"));
        Assert.Equal("'many' is not allowed. Give downloads in flight from 1 to 1000.", await Refusal("concurrency", "many"));
        Assert.StartsWith("'zz' is not known. Give \"top20\"", await Refusal("countries", "br, zz"), StringComparison.Ordinal);
        Assert.Null(await Refusal("countries", "br, d"));
    }

    [Fact]
    public async Task Comparison_started_by_the_command_is_one_like_any_other_and_answers_with_its_verdict()
    {
        await Compared();
        var result = await Execute("compare", Cancelled, ("strategies", "threaded, async"), ("countries", "br"), ("profile", "local"), ("rounds", "2"));

        Assert.True(result.Success, result.Message);
        var comparison = (await Comparisons())[0];
        Assert.Equal((ComparisonStatus.Completed, "br", "local", 2), (comparison.Status, Assert.Single(comparison.Settings.Countries), comparison.Settings.Profile, comparison.Settings.Rounds));
        Assert.Equal(["threaded", "async"], comparison.Settings.Strategies);
        Assert.Equal((comparison.Conclusions[0], true), (result.Message, result.Data!.DisplayImmediately));
        Assert.StartsWith($"**{comparison.Conclusions[0]}**", result.Data.Value, StringComparison.Ordinal);

        var unknown = await Execute("compare", Cancelled, ("profile", "dialup"));
        Assert.False(unknown.Success);
        Assert.Matches("profile: .*dialup.* local, ", unknown.Message);
        var question = await Execute("ask", Cancelled, ("question", "99"));
        Assert.Contains("1 (", question.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_is_cancelled_cancels_its_comparison()
    {
        await Compared();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var command = Execute("compare", cancel.Token, ("profile", "slow"), ("strategies", "sequential"));
        await Eventually.True("the comparison that the command starts", async () => (await Comparisons())[0] is { Status: ComparisonStatus.Running, Settings.Profile: "slow" });
        await cancel.CancelAsync();

        Assert.True((await command).Canceled);
        await Eventually.True("its end", async () => (await Comparisons())[0] is { Status: ComparisonStatus.Cancelled });
    }

    [Fact, Trait(FaultTable.Trait, "AppHost")]
    public async Task Frozen_storage_is_unhealthy_within_20_s_and_a_restart_heals_it_without_loss()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows cannot freeze a process.");
        await Compared();
        using var lab = whole.App.CreateHttpClient("web", "http");
        var stored = await lab.GetStringAsync("/api/flags", Cancelled);
        await whole.IsOnDisk(JsonSerializer.Deserialize<StoredFlag[]>(stored, FlagCloudJson.Options)!);

        var azurite = await Resources.WaitForResourceHealthyAsync("azurite", Cancelled);
        await Tool.Run("kill", ["-STOP", $"{azurite.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value}"]);
        var begun = Stopwatch.GetTimestamp();
        await Resources.WaitForResourceAsync("azurite", change => change.Snapshot.HealthStatus is HealthStatus.Unhealthy, Cancelled);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 20);

        var result = await whole.App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync("azurite", KnownResourceCommands.RestartCommand, Cancelled);
        Assert.True(result.Success, result.Message);
        await Resources.WaitForResourceHealthyAsync("azurite", Cancelled);
        Assert.Equal(stored, await lab.GetStringAsync("/api/flags", Cancelled));
        FaultTable.Row("AppHost", "storage is frozen, and restarted", "unhealthy within 20 s, healthy again, nothing lost", begun);
    }

    ResourceCommandAnnotation Command(string name) =>
        whole.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "web").Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == name);

    // The defaults, but for what is given.
    InteractionInputCollection Inputs(string command, params (string Name, string Value)[] given) => new(
    [
        .. Command(command).Arguments.Select(input => new InteractionInput
        {
            Name = input.Name, InputType = input.InputType, Value = given.FirstOrDefault(one => one.Name == input.Name).Value ?? input.Value,
        }),
    ]);

    Task<ExecuteCommandResult> Execute(string command, CancellationToken cancellationToken, params (string Name, string Value)[] given) =>
        whole.App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync("web", command, Inputs(command, given), cancellationToken);

    async Task<string?> Refusal(string name, string value)
    {
        var inputs = Inputs("compare", (name, value));
        await Command("compare").ValidateArguments!(new() { Inputs = inputs, Services = whole.App.Services, CancellationToken = Cancelled });
        return Errors(inputs[name]).SingleOrDefault();
    }

    // What the dashboard shows beside an input; only Aspire itself is meant to read it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ValidationErrors")]
    static extern List<string> Errors(InteractionInput input);

    async Task<Comparison[]> Comparisons()
    {
        using var lab = whole.App.CreateHttpClient("web", "http");
        return (await lab.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options, Cancelled))!;
    }

    async Task<int?> Compared() =>
        (await Resources.WaitForResourceAsync("compare", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancelled)).Snapshot.ExitCode;
}
