using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;
using FlagCloud.Silo.Comparisons.Statistics;

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
            for (var round = 0; round <= question.MaxRounds && !cancellation.IsCancellationRequested; round++)
            {
                await RunRound(question, round);
                if (round < least || cancellation.IsCancellationRequested) continue;
                var width = Judge(question).Width;
                record = record! with { Precision = new(question.Width, width, round, question.MaxRounds, width <= question.Width) };
                if (record.Precision.Enough) break;
            }
            await (stopping ? End(ComparisonStatus.Failed, Interrupted)
                : cancellation.IsCancellationRequested ? End(ComparisonStatus.Cancelled, null)
                : End(ComparisonStatus.Completed, null, Judge(question).Verdict()));
        }
        catch (Exception e)
        {
            LogFailed(e, Id);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            await End(ComparisonStatus.Failed, stopping ? Interrupted : $"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Each round begins with another trial. Round 0 warms up and is not kept.</summary>
    async Task RunRound(Question question, int round)
    {
        DelayDeactivation(TimeSpan.FromHours(1));
        for (var place = 0; place < question.Trials.Count && !cancellation.IsCancellationRequested; place++)
        {
            var index = (place + round) % question.Trials.Count;
            var trial = question.Trials[index];
            record = record! with { Doing = $"{(round is 0 ? "warm-up" : $"round {round} ({OrderInterval.FewestValues} to {question.MaxRounds} are run)")}: {trial.Name}" };
            var run = await RunTrial(question, index, round);
            if (round is 0 || cancellation.IsCancellationRequested) continue;
            record = record with { Trials = [.. record.Trials.Select((result, i) => i == index ? result with { Runs = [.. result.Runs, run] } : result)] };
        }
        if (round > 0) await store.Save(record!);
    }

    Task<Run> RunTrial(Question question, int index, int round)
    {
        var (trial, settings) = (question.Trials[index], record!.Trials[index].Settings);
        var strategy = trial.Strategy ?? strategies.Single(one => one.Name == settings.Strategies[0]);
        // A run's seed is its settings' plus its round.
        var seeded = settings with { Seed = question.Seed(round) - round };
        var plan = new PlannedRun((round * question.Trials.Count) + index + 1, strategy.Name, round, round is 0);
        return new MeasuredRun(plan, Id, seeded, GrainFactory, instruments, null, cancellation.Token, trial.MeasureUse).Execute(strategy);
    }

    Finding Judge(Question question) =>
        question.Judge(new(record!.Trials.ToDictionary(trial => trial.Name, trial => trial.Runs), record.Environment.Cores));

    async Task End(ComparisonStatus status, string? reason, Verdict? verdict = null)
    {
        waiting?.Dispose();
        record = record! with { Status = status, Reason = reason, EndedAt = time.GetUtcNow(), Doing = null, Verdict = verdict };
        LogEnded(record.Question, Id, status, verdict?.Kind);
        try
        {
            await store.Save(record);
        }
        catch (Exception e)
        {
            LogNotSaved(e, Id);
        }
        if (!stopping) await Queue.Leave(Id); // Otherwise the queue notices by itself.
    }

    [LoggerMessage(40, LogLevel.Information, "Question {Question}, answer {AnswerId} ended: {Status}, verdict {Verdict}")]
    partial void LogEnded(string question, string answerId, ComparisonStatus status, VerdictKind? verdict);

    [LoggerMessage(41, LogLevel.Error, "Answer {AnswerId} failed")]
    partial void LogFailed(Exception exception, string answerId);

    [LoggerMessage(42, LogLevel.Error, "The final record of answer {AnswerId} could not be written")]
    partial void LogNotSaved(Exception exception, string answerId);
}
