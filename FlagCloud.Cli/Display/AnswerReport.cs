using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>Questions and answers, in lines.</summary>
static class AnswerReport
{
    public static void Describe(IAnsiConsole console, QuestionInfo question)
    {
        Heading(console, question);
        console.Print($"id        {question.Id}");
        console.Print($"behind it {question.Explanation}");
        if (question.LastAnswer is { } last) console.Print($"asked     {last}");
    }

    public static void Environment(IAnsiConsole console, Answer answer)
    {
        var environment = answer.Environment;
        console.Print($"machine   {environment.Machine}, {Figures.Count(environment.Cores, "core")}, {environment.OperatingSystem}");
        console.Print($"runtime   {environment.Runtime}, {environment.GcMode} GC, {environment.BuildConfiguration} build");
    }

    public static void Heading(IAnsiConsole console, QuestionInfo question)
    {
        console.WriteLine();
        console.Print($"[{question.Number}] {question.Title}", new Style(decoration: Decoration.Bold));
        console.Print($"expected  {question.Expectation}");
    }

    public static void Write(IAnsiConsole console, Answer answer)
    {
        if (answer.Verdict is not { } verdict)
        {
            console.Print($"{answer.Status.ToString().ToUpperInvariant()}: {answer.Reason ?? "no verdict"}", new Style(Color.Yellow));
            return;
        }

        console.Print($"{Word(verdict.Kind)}: {verdict.Sentence}", new Style(verdict.Kind switch
        {
            VerdictKind.Holds => Color.Green,
            VerdictKind.DoesNotHold => Color.Red,
            _ => Color.Yellow,
        }));
        foreach (var figure in verdict.Figures) console.Print($"          {Line(figure)}");
        console.Print($"          {Rounds(answer)}; answer {answer.Id}");
    }

    public static void Total(IAnsiConsole console, List<Answer> answers, int asked)
    {
        int Count(VerdictKind kind) => answers.Count(answer => answer.Verdict?.Kind == kind);
        console.WriteLine();
        console.Print(
            $"{Figures.Count(asked, "question")}: {Count(VerdictKind.Holds)} hold, {Count(VerdictKind.DoesNotHold)} do not hold, {Count(VerdictKind.CannotBeTold)} cannot be told, "
            + $"{asked - answers.Count(answer => answer.Verdict is not null)} without a verdict.");
    }

    static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.Holds => "HOLDS",
        VerdictKind.DoesNotHold => "DOES NOT HOLD",
        _ => "CANNOT BE TOLD",
    };

    static string Line(Figure figure)
    {
        var unit = figure.Unit is "x" or "" ? figure.Unit : " " + figure.Unit;
        var interval = Figures.Interval(figure.Low, figure.High, Figures.Number);
        return $"{figure.Name}: {Figures.Number(figure.Value)}{unit}{(interval.Length > 0 ? $", 95 % {interval}" : "")}{(figure.Expected is { } expected ? $" (expected: {expected})" : "")}";
    }

    static string Rounds(Answer answer)
    {
        var took = answer is { StartedAt: { } start, EndedAt: { } end } ? $" in {Figures.Seconds((end - start).TotalSeconds)}" : "";
        return answer.Precision is { } precision
            ? $"{Figures.Count(precision.Rounds, "round")}{took}, {(precision.Enough ? "enough" : "the most that are run")}: intervals to {Share(precision.Reached)} either side, {Share(precision.Wanted)} wanted"
            : took.TrimStart();
    }

    static string Share(double? share) => share is { } known ? $"{known * 100:0} %" : "an unknown width";
}
