namespace FlagCloud.Web.Api;

static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<FlagImages>()
        .ConfigureHttpJsonOptions(json => FlagCloudJson.Apply(json.SerializerOptions))
        .AddProblems()
        .AddOpenApi();

    public static void MapApi(this WebApplication app)
    {
        app.MapComparisons();
        app.MapFlags();
        app.MapOpenApi();
    }
}
