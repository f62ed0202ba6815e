namespace FlagCloud.Cli;

static class AskCommand
{
    public static Command Create(CommonOptions common)
    {
        var names = new Argument<string[]>("QUESTION") { Description = "Numbers or ids, as --list shows them [default: all of them]", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list", "-l") { Description = "Show the questions and ask none" };
        var json = OutputFiles.Writable("--json", "Write the answers' records to FILE, as an array");
        var command = new Command("ask", "Answer questions about concurrency by experiment") { names, list, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var questions = Choose(await call.Client.GetAsync<List<QuestionInfo>>("api/questions", cancellationToken), parsed.GetValue(names) ?? []);
            if (!parsed.GetValue(list)) return await AskAsync(call, questions, parsed.GetValue(json), cancellationToken);
            call.Result(questions);
            foreach (var question in questions) Describe(call.Out, question);
            return ExitCode.Stored;
        });
        return command;
    }

    static List<QuestionInfo> Choose(List<QuestionInfo> all, string[] names)
    {
        QuestionInfo Find(string name) => all.FirstOrDefault(question => question.Id == name || $"{question.Number}" == name)
            ?? throw new UsageException($"there is no question '{name}'; there are {string.Join(", ", all.Select(question => $"{question.Number} ({question.Id})"))}.");
        return names is [] ? all : [.. names.Select(Find).Distinct()];
    }

    static async Task<int> AskAsync(Call call, List<QuestionInfo> questions, string? file, CancellationToken cancellationToken)
    {
        var answers = new List<Comparison>();
        foreach (var question in questions)
        {
            var started = await call.Client.AskAsync(question.Id, cancellationToken);
            if (answers is []) Report.Opening(call.Out, started);
            Heading(call.Out, question);
            var answer = await call.FollowAsync(started, verbose: false, cancellationToken);
            answers.Add(answer);
            Report.Verdict(call.Out, answer);
            call.Out.Print($"          flagcloud show {answer.Id}");
            if (cancellationToken.IsCancellationRequested) break;
        }

        int Count(VerdictKind kind) => answers.Count(answer => answer.Verdict?.Kind == kind);
        call.Result(answers);
        call.Out.WriteLine();
        call.Out.Print(
            $"{Figures.Count(questions.Count, "question")}: {Count(VerdictKind.Holds)} hold, {Count(VerdictKind.DoesNotHold)} do not hold, "
            + $"{Count(VerdictKind.CannotBeTold)} cannot be told, {questions.Count - answers.Count(answer => answer.Verdict is not null)} without a verdict.");
        if (file is not null) await OutputFiles.WriteAsync(call, file, JsonSerializer.SerializeToUtf8Bytes(answers, FlagCloudJson.Options));
        return ExitCode.Of(Count(VerdictKind.Holds) == questions.Count, cancellationToken);
    }

    static void Describe(IAnsiConsole console, QuestionInfo question)
    {
        Heading(console, question);
        console.Print($"id        {question.Id}");
        console.Print($"behind it {question.Explanation}");
        if (question.LastAnswer is { } last) console.Print($"asked     {last}");
    }

    static void Heading(IAnsiConsole console, QuestionInfo question)
    {
        console.WriteLine();
        console.Print($"[{question.Number}] {question.Title}", Terminal.Bold);
        console.Print($"expected  {question.Expectation}");
    }
}
