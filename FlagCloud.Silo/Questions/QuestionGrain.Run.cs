using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Storage;

namespace FlagCloud.Silo.Questions;

sealed partial class QuestionGrain
{
    async Task RunAll(Question question)
    {
        Activity.Current = null;
        using var span = instruments.Spans.StartActivity($"question {question.Id}");
        var least = Math.Min(OrderInterval.FewestValues, question.MaxRounds);
        try
        {
            var done = await Resume();
            foreach (var round in Enumerable.Range(done + 1, Math.Max(0, question.MaxRounds - done)).Prepend(0)) // Whoever goes on warms up anew.
            {
                await RunRound(question, round);
                if (Cancelled.IsCancellationRequested) break;
                if (round < least) continue;
                var width = Judge(question).Width;
                record = record! with { Precision = new(question.Width, width, round, question.MaxRounds, width <= question.Width) };
                if (record.Precision.Enough) break;
            }
            if (Stopping) return;
            await (Cancelled.IsCancellationRequested ? End(ComparisonStatus.Cancelled, null) : End(ComparisonStatus.Completed, null, Judge(question).Verdict()));
        }
        catch (OwnershipLostException e)
        {
            LogOwnershipLost(e, Id);
            await Abort();
            DeactivateOnIdle();
        }
        catch (Exception e) when (!Stopping)
        {
            LogFailed(e, Id);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            await End(ComparisonStatus.Failed, $"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
    }

    /// <returns>Rounds that are written down. Of the one that was interrupted nothing is: it is run again, all its trials on one silo.</returns>
    async Task<int> Resume()
    {
        var done = record!.Trials.Min(trial => trial.Runs.Count);
        if (!interrupted) return done;
        var note = $"{time.GetUtcNow():O}: resumed on {silo.Name} after {done} rounds.";
        LogResumed(Id, done);
        record = record with { Interruptions = [.. record.Interruptions ?? [], note] };
        stored = await store.Save(record, stored);
        return done;
    }

    /// <summary>Each round begins with another trial. Round 0 warms up and is not kept.</summary>
    async Task RunRound(Question question, int round)
    {
        DelayDeactivation(TimeSpan.FromHours(1));
        for (var place = 0; place < question.Trials.Count && !Cancelled.IsCancellationRequested; place++)
        {
            var index = (place + round) % question.Trials.Count;
            var trial = question.Trials[index];
            record = record! with { Doing = $"{(round is 0 ? "warm-up" : $"round {round} ({OrderInterval.FewestValues} to {question.MaxRounds} are run)")}: {trial.Name}" };
            var run = await RunTrial(question, index, round);
            if (round is 0 || Cancelled.IsCancellationRequested) continue;
            record = record with { Trials = [.. record.Trials.Select((result, i) => i == index ? result with { Runs = [.. result.Runs, run] } : result)] };
        }
        if (round > 0 && !Stopping) stored = await store.Save(record!, stored);
    }

    Task<Run> RunTrial(Question question, int index, int round)
    {
        var (trial, settings) = (question.Trials[index], record!.Trials[index].Settings);
        var strategy = trial.Strategy ?? strategies.Single(one => one.Name == settings.Strategies[0]);
        // A run's seed is its settings' plus its round.
        var seeded = settings with { Seed = question.Seed(round) - round };
        var plan = new PlannedRun((round * question.Trials.Count) + index + 1, strategy.Name, round, round is 0);
        return new MeasuredRun(plan, Id, seeded, GrainFactory, instruments, null, Cancelled, trial.MeasureUse).Execute(strategy);
    }

    Finding Judge(Question question) =>
        question.Judge(new(record!.Trials.ToDictionary(trial => trial.Name, trial => trial.Runs), record.Environment.Cores));

    async Task End(ComparisonStatus status, string? reason, Verdict? verdict = null)
    {
        record = record! with { Status = status, Reason = reason, EndedAt = time.GetUtcNow(), Doing = null, Verdict = verdict };
        LogEnded(record.Question, Id, status, verdict?.Kind);
        try
        {
            stored = await store.Save(record, stored);
            await Leave();
        }
        catch (Exception e)
        {
            LogNotTidy(e, Id);
        }
    }

    [LoggerMessage(40, LogLevel.Information, "Question {Question}, answer {AnswerId} ended: {Status}, verdict {Verdict}")]
    partial void LogEnded(string question, string answerId, ComparisonStatus status, VerdictKind? verdict);

    [LoggerMessage(41, LogLevel.Error, "Answer {AnswerId} failed")]
    partial void LogFailed(Exception exception, string answerId);

    [LoggerMessage(42, LogLevel.Error, "Answer {AnswerId} ended, but its final record, its place in the queue or its reminder could not be updated")]
    partial void LogNotTidy(Exception exception, string answerId);

    [LoggerMessage(43, LogLevel.Warning, "Answer {AnswerId} is resumed after {Rounds} rounds")]
    partial void LogResumed(string answerId, int rounds);

    [LoggerMessage(44, LogLevel.Warning, "Answer {AnswerId} is given up here: another silo runs it")]
    partial void LogOwnershipLost(Exception exception, string answerId);
}
