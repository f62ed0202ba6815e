using System.CommandLine;
using System.Text.Json;
using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary><c>flagcloud ask</c>: answers questions by experiment, one after the other.</summary>
sealed class AskCommand(Session session, FlagCloudClient client)
{
    public static Command Create(Session session)
    {
        var names = new Argument<string[]>("QUESTION") { Description = "Numbers or ids, as --list shows them [default: all of them]", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list", "-l") { Description = "Show the questions and ask none" };
        var json = new Option<string?>("--json") { Description = "Write the answers' records to FILE, as an array", HelpName = "FILE" };
        var url = SiloUrl.Option();
        var command = new Command("ask", "Answer questions about concurrency by experiment") { names, list, json, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(json) is { } path ? OutputFile.Json(path) : null;
            using var client = new FlagCloudClient(SiloUrl.Resolve(parsed.GetValue(url), session.Variable), session.Patience);
            var ask = new AskCommand(session, client);
            var questions = Choose(await client.GetAsync<List<QuestionInfo>>(client.Questions, cancellationToken), parsed.GetValue(names) ?? []);
            return parsed.GetValue(list) ? ask.List(questions) : await ask.RunAsync(questions, file, cancellationToken);
        });
        return command;
    }

    static List<QuestionInfo> Choose(List<QuestionInfo> all, string[] names)
    {
        QuestionInfo Find(string name) => all.FirstOrDefault(question => question.Id == name || $"{question.Number}" == name)
            ?? throw new UsageException($"there is no question '{name}'; there are {string.Join(", ", all.Select(question => $"{question.Number} ({question.Id})"))}.");
        return names is [] ? all : [.. names.Select(Find).Distinct()];
    }

    int List(List<QuestionInfo> questions)
    {
        foreach (var question in questions) AnswerReport.Describe(session.Out, question);
        return ExitCode.Stored;
    }

    async Task<int> RunAsync(List<QuestionInfo> questions, OutputFile? file, CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        foreach (var question in questions)
        {
            var answer = await OneAsync(question, first: answers.Count == 0, cancellationToken);
            answers.Add(answer);
            AnswerReport.Write(session.Out, answer);
            if (cancellationToken.IsCancellationRequested) break;
        }

        AnswerReport.Total(session.Out, answers, questions.Count);
        if (file is not null)
        {
            await file.WriteAsync(target => JsonSerializer.SerializeAsync(target, answers, FlagCloudJson.Options, CancellationToken.None), "GET /api/answers has them");
            session.Out.Print($"JSON      {file.Path}");
        }

        return answers.Count == questions.Count && answers.All(answer => answer.Verdict?.Kind is VerdictKind.Holds) ? ExitCode.Stored : ExitCode.NotStored;
    }

    async Task<Answer> OneAsync(QuestionInfo question, bool first, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = new AnswerWatch(client, await client.AskAsync(question.Id, cancellationToken), session);
        if (first) AnswerReport.Environment(session.Out, await watch.NowAsync(cancellationToken));
        AnswerReport.Heading(session.Out, question);
        try
        {
            return await watch.UntilEndedAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.Out.Print(Sentences.Cancelling);
            return await watch.CancelAsync();
        }
    }
}
