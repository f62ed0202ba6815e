using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Questions;

/// <summary>Runs an experiment, round after round, until its figures are narrow enough. The rounds are in QuestionGrain.Run.cs.</summary>
sealed partial class QuestionGrain(
    QuestionCatalogue questions, AnswerStore store, SettingsReader reader, IEnumerable<IStrategy> strategies, EnvironmentReport environment,
    Instruments instruments, TimeProvider time, ILogger<QuestionGrain> logger) : Grain, IQuestionGrain, IDisposable
{
    const string Interrupted = "The silo that ran this experiment stopped before it ended; ask again. The runs listed here had ended.";

    static readonly TimeSpan QueueInterval = TimeSpan.FromSeconds(5), CancelWait = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource cancellation = new();
    Answer? record;
    Task running = Task.CompletedTask;
    IGrainTimer? waiting;
    bool stopping;

    string Id => this.GetPrimaryKeyString();

    IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(0);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        record = await store.Load(Id, cancellationToken);
        // Half an experiment is none: figures of rounds that other rounds were to be paired with would be left over.
        if (record is { Ended: false }) await End(ComparisonStatus.Failed, Interrupted);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping = true;
        await cancellation.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public async Task<Answer> Start(string question)
    {
        if (record is not null) return record;
        var asked = questions.Find(question) ?? throw new ArgumentException($"There is no question '{question}'.", nameof(question));
        var trials = await Task.WhenAll(asked.Trials.Select(Settings));
        record = new(
            Id, asked.Id, ComparisonStatus.Queued, null, time.GetUtcNow(), null, null, await environment.Of(trials[0]), "waiting for its turn", null, null,
            [.. asked.Trials.Zip(trials, (trial, settings) => new TrialResult(trial.Name, settings, []))]);
        await store.Save(record);
        waiting = this.RegisterGrainTimer(() => Queue.Enter(Id), new GrainTimerCreationOptions(TimeSpan.Zero, QueueInterval) { KeepAlive = true, Interleave = true });
        return record;
    }

    public Task<bool> Begin()
    {
        if (record is not { Status: ComparisonStatus.Queued }) return Task.FromResult(record is { Ended: false });
        // Its place in the queue is asked for until the end: should the queue be lost with its silo, nobody else may take the turn.
        record = record with { Status = ComparisonStatus.Running, StartedAt = time.GetUtcNow() };
        // Not awaited: it goes on between this grain's turns, on its scheduler, for as long as it takes.
        running = RunAll(questions.Find(record.Question)!);
        return Task.FromResult(true);
    }

    public Task<Answer?> Get() => Task.FromResult(record);

    public async Task<Answer?> Cancel()
    {
        if (record is null or { Ended: true }) return record;
        await cancellation.CancelAsync();
        if (record.Status is ComparisonStatus.Queued) await End(ComparisonStatus.Cancelled, null);
        await Task.WhenAny(running, Task.Delay(CancelWait, time));
        return record;
    }

    public void Dispose() => cancellation.Dispose();

    async Task<ComparisonSettings> Settings(Trial trial)
    {
        var (settings, errors) = await reader.Read(trial.Settings with { Warmup = false, Rounds = 1, Seed = 0 }, cancellation.Token);
        return settings ?? throw new InvalidOperationException($"The trial '{trial.Name}' is not valid: {string.Join(" ", errors.Values.SelectMany(messages => messages))}");
    }
}
