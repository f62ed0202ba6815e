using FlagCloud.Contracts;
using FlagCloud.Silo.Questions;

namespace FlagCloud.Silo.Api;

/// <summary>The HTTP API of questions and their answers.</summary>
static class QuestionEndpoints
{
    public static IEndpointRouteBuilder MapQuestions(this IEndpointRouteBuilder routes)
    {
        var questions = routes.MapGroup("/api/questions").WithTags("Questions");
        questions.MapGet("/", List).WithSummary("The questions that can be answered by experiment").Produces<IReadOnlyList<QuestionInfo>>();
        questions.MapGet("/{id}", Describe).WithSummary("One question, by its id or its number").Produces<QuestionInfo>().ProducesProblem(404);
        questions.MapPost("/{id}", Ask).WithSummary("Runs the experiment; the answer at Location says how far it is").Produces<Answer>(202).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503);
        var answers = routes.MapGroup("/api/answers").WithTags("Questions");
        answers.MapGet("/", Answers).WithSummary("The newest answers, newest first").Produces<IReadOnlyList<Answer>>();
        answers.MapGet("/{id}", Get).WithSummary("An answer, as it stands").Produces<Answer>().ProducesProblem(404);
        answers.MapDelete("/{id}", Cancel).WithSummary("Cancels an experiment").Produces<Answer>().Produces<Answer>(202).ProducesProblem(404);
        return routes;
    }

    static async Task<IResult> List(QuestionCatalogue catalogue, AnswerStore store, CancellationToken cancellationToken)
    {
        var answers = await store.Newest(cancellationToken);
        return TypedResults.Ok(catalogue.All.Select(question => Info(question, answers)));
    }

    static async Task<IResult> Describe(string id, QuestionCatalogue catalogue, AnswerStore store, CancellationToken cancellationToken) =>
        catalogue.Find(id) is { } question
            ? TypedResults.Ok(Info(question, await store.Newest(cancellationToken)))
            : Problems.NoSuchQuestion(id, catalogue.All);

    static async Task<IResult> Ask(string id, QuestionCatalogue catalogue, QuestionStarter starter, CancellationToken cancellationToken)
    {
        if (catalogue.Find(id) is not { } question) return Problems.NoSuchQuestion(id, catalogue.All);
        try
        {
            return await starter.Start(question) is { } answer ? TypedResults.Accepted($"/api/answers/{answer.Id}", answer) : Problems.QueueFull();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Problems.OriginSilent(e);
        }
    }

    static async Task<IResult> Answers(AnswerReader reader, CancellationToken cancellationToken, int limit = 20)
    {
        if (limit is < 1 or > 200)
            return Problems.Invalid(new Dictionary<string, string[]> { ["limit"] = [$"{limit} is not allowed. Give a whole number from 1 to 200."] });
        return TypedResults.Ok(await reader.Newest(limit, cancellationToken));
    }

    static async Task<IResult> Get(string id, AnswerReader reader, CancellationToken cancellationToken) =>
        await reader.Find(id, cancellationToken) is { } answer ? TypedResults.Ok(answer) : Problems.NoSuchAnswer(id);

    static async Task<IResult> Cancel(string id, AnswerReader reader, CancellationToken cancellationToken)
    {
        if (await reader.Find(id, cancellationToken) is null) return Problems.NoSuchAnswer(id);
        var answer = await reader.Cancel(id);
        return answer is { Ended: true } ? TypedResults.Ok(answer) : TypedResults.Accepted($"/api/answers/{id}", answer);
    }

    static QuestionInfo Info(Question question, IReadOnlyList<(string Id, string Question)> answers) => new(
        question.Number, question.Id, question.Title, question.Explanation, question.Expectation, [.. question.Trials.Select(trial => trial.Name)],
        answers.FirstOrDefault(answer => answer.Question == question.Id).Id);
}
