namespace FlagCloud.Silo.Questions;

static class QuestionServices
{
    public static IServiceCollection AddQuestions(this IServiceCollection services) => services
        .AddSingleton<QuestionCatalogue>()
        .AddSingleton<AnswerStore>()
        .AddSingleton<AnswerReader>()
        .AddSingleton<QuestionStarter>();
}
