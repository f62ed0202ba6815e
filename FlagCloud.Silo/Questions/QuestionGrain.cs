using Azure;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Questions;

/// <summary>Runs an experiment, round after round, until its figures are narrow enough. The rounds are in QuestionGrain.Run.cs.</summary>
sealed partial class QuestionGrain(
    QuestionCatalogue questions, AnswerStore store, SettingsReader reader, IEnumerable<IStrategy> strategies, EnvironmentReport environment,
    Instruments instruments, ILocalSiloDetails silo, TimeProvider clock, ILogger<QuestionGrain> log) : QueuedGrain(clock, log), IQuestionGrain
{
    const string Waiting = "waiting for its turn";

    readonly ILogger logger = log;
    readonly TimeProvider time = clock;
    Answer? record;
    ETag? stored;
    bool interrupted;

    protected override bool IsUnfinished => record is { Ended: false };

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.Load(Id, cancellationToken) is not { } loaded) return;
        (record, stored) = loaded;
        if (record.Ended) return;
        interrupted = record.Status is ComparisonStatus.Running;
        record = record with { Status = ComparisonStatus.Queued, Doing = Waiting };
        AskForTurn();
    }

    public async Task<Answer> Start(string question)
    {
        if (record is not null) return record;
        var asked = questions.Find(question) ?? throw new ArgumentException($"There is no question '{question}'.", nameof(question));
        var trials = await Task.WhenAll(asked.Trials.Select(Settings));
        record = new(
            Id, asked.Id, ComparisonStatus.Queued, null, time.GetUtcNow(), null, null, await environment.Of(trials[0]), Waiting, null, null,
            [.. asked.Trials.Zip(trials, (trial, settings) => new TrialResult(trial.Name, settings, []))]);
        stored = await store.Save(record, stored);
        AskForTurn();
        await RemindToRevive();
        return record;
    }

    public Task<bool> Begin()
    {
        if (record is not { Status: ComparisonStatus.Queued }) return Task.FromResult(record is { Ended: false });
        record = record with { Status = ComparisonStatus.Running, StartedAt = record.StartedAt ?? time.GetUtcNow() };
        Run(() => RunAll(questions.Find(record.Question)!));
        return Task.FromResult(true);
    }

    public Task<Answer?> Get() => Task.FromResult(record);

    public async Task<Answer?> Cancel()
    {
        if (record is null or { Ended: true }) return record;
        await Abort();
        if (record.Status is ComparisonStatus.Queued) await End(ComparisonStatus.Cancelled, null);
        await Settle();
        return record;
    }

    async Task<ComparisonSettings> Settings(Trial trial)
    {
        var (settings, errors) = await reader.Read(trial.Settings with { Warmup = false, Rounds = 1, Seed = 0 }, Cancelled);
        return settings ?? throw new InvalidOperationException($"The trial '{trial.Name}' is not valid: {string.Join(" ", errors.Values.SelectMany(messages => messages))}");
    }
}
