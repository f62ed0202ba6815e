#pragma warning disable ASPIREINTERACTION001 // Forms and notifications are experimental in 13.6.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Reflection;
using System.Text.Json;
using FlagCloud.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

/// <summary>
/// Comparisons and questions as commands of a resource, in the dashboard and as <c>aspire resource web compare</c>. Inputs and their ranges are those of
/// <see cref="ComparisonSettings"/>; all the rest is done, and said, by web's HTTP API.
/// </summary>
static partial class Commands
{
    const string All = "all", Question = "question";

    // What the form asks for, and what stands in it; every other setting has its default. Of 13.6's inputs, the first must not be a choice: the dashboard breaks when it
    // gives that the focus.
    static readonly Dictionary<string, string> Asked = new()
    {
        ["countries"] = CountrySelection.Top20,
        ["strategies"] = All,
        ["profile"] = new ComparisonSettings().Profile,
        ["concurrency"] = $"{new ComparisonSettings().Concurrency}",
        ["rounds"] = $"{new ComparisonSettings().Rounds}",
        ["work"] = "none",
    };

    public static IResourceBuilder<ProjectResource> WithComparisonCommands(this IResourceBuilder<ProjectResource> web)
    {
        var endpoint = web.GetEndpoint("http");
        InputLoadOptions From(Func<Choices, IEnumerable<KeyValuePair<string, string>>> choices) => new()
        {
            LoadCallback = async loading =>
            {
                using var api = new HttpClient { BaseAddress = new(endpoint.Url) };
                KeyValuePair<string, string>[] offered = [.. choices((await api.GetFromJsonAsync<Choices>("api/choices", FlagCloudJson.Options, loading.CancellationToken))!)];
                // A shell may give anything. Of what is not offered Aspire says only that it is not; the API takes it, or says what is allowed.
                var isNew = loading.Input.Value is { Length: > 0 } value && offered.All(choice => choice.Key != value);
                loading.Input.Options = isNew ? [.. offered, new(loading.Input.Value!, loading.Input.Value!)] : offered;
            },
        };

        InteractionInput Input(string name) => new()
        {
            Name = name, Label = Setting(name).Name, Value = Asked[name], Required = true,
            Description = Setting(name).GetCustomAttribute<DescriptionAttribute>()!.Description + (Range(name) is { } range ? $" {range.Minimum} to {range.Maximum}." : ""),
            InputType = name is "countries" ? InputType.Text : Range(name) is null ? InputType.Choice : InputType.Number,
            Options = name is "work" ? [.. Enum.GetNames<WorkKind>().Select(kind => KeyValuePair.Create(kind.ToLowerInvariant(), kind))] : null,
            DynamicLoading = name switch
            {
                "strategies" => From(choices => [new(All, All), .. choices.Strategies.Select(Named), .. Pairs([.. choices.Strategies.Select(strategy => strategy.Name)])]),
                "profile" => From(choices => choices.Profiles.Select(Named)),
                _ => null,
            },
        };

        web.WithCommand("compare", "Compare", context => RunAsync(context, endpoint, "api/comparisons", Settings(context.Arguments)), new()
        {
            Description = "Downloads flags in each style, and compares them", IconName = "TopSpeed", IsHighlighted = true, UpdateState = WhenHealthy,
            Arguments = [.. Asked.Keys.Select(Input)], ValidateArguments = CheckAsync,
        });
        string Path(InteractionInputCollection inputs) => $"api/questions/{Uri.EscapeDataString(inputs.GetString(Question)!)}";
        return web.WithCommand("ask", "Ask a question", context => RunAsync(context, endpoint, Path(context.Arguments)), new()
        {
            Description = "Answers a question about concurrency by experiment", IconName = "QuestionCircle", IsHighlighted = true, UpdateState = WhenHealthy,
            Arguments =
            [
                new()
                {
                    Name = Question, Label = "Question", InputType = InputType.Choice, Required = true, Description = "Its number, or its id.",
                    DynamicLoading = From(choices => choices.Questions.Select(question => KeyValuePair.Create($"{question.Number}", $"{question.Number}. {question.Title}"))),
                },
            ],
        });
    }

    /// <summary>When the job has ended, the verdict of its comparison, in one sentence.</summary>
    public static IResourceBuilder<ProjectResource> WithVerdictNotification(this IResourceBuilder<ProjectResource> job, IResourceBuilder<ProjectResource> web) =>
        job.OnResourceStopped(async (resource, stopped, cancellationToken) =>
        {
            try
            {
                if (await ComparisonOf(stopped, cancellationToken) is not { } id) return;
                using var api = new HttpClient { BaseAddress = new(web.GetEndpoint("http").Url) };
                var ended = (await api.GetFromJsonAsync<Comparison>($"api/comparisons/{id}", FlagCloudJson.Options, cancellationToken))!;
                var intent = ended.Status is ComparisonStatus.Completed ? MessageIntent.Success : MessageIntent.Warning;
                new Notification(stopped.Services, $"{api.BaseAddress}race/{id}").Show($"{resource.Name} has ended", Sentence(ended), intent);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // The app ends with its job, and web has gone already.
            }
        });

    /// <param name="settings">Of a comparison; a question has its own.</param>
    static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, EndpointReference web, string path, ComparisonSettings? settings = null)
    {
        using var api = new HttpClient { BaseAddress = new(web.Url) };
        // Not to be cancelled: torn off, it might begin a comparison that nobody knows to cancel.
        using var started = await api.PostAsync(path, settings is null ? null : JsonContent.Create(settings, options: FlagCloudJson.Options), CancellationToken.None);
        if (!started.IsSuccessStatusCode) return CommandResults.Failure(Sentence((await started.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(CancellationToken.None))!));
        var comparison = (await started.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options, CancellationToken.None))!;
        var record = $"api/comparisons/{comparison.Id}";
        using var progress = new Notification(context.Services, $"{web.Url}/race/{comparison.Id}");
        try
        {
            progress.Show(comparison.Id, "The first run is under way.", MessageIntent.Information);
            var told = new HashSet<(string, int)>(); // The stream ends with the comparison. It begins with what is known already, which may be told again.
            await using var events = await api.GetStreamAsync($"{record}/events", context.CancellationToken);
            await foreach (var happened in SseParser.Create(events, RunOf).EnumerateAsync(context.CancellationToken))
            {
                if (happened.Data is not { } run || !told.Add((run.Name, run.Round))) continue;
                var line = $"{run.Name}, {(run.Warmup ? "warm-up" : $"round {run.Round}")}: {run.ElapsedSeconds:0.000} s, {run.Good} of {run.Requested} flags stored";
                LogRun(context.Logger, line);
                progress.Show($"{told.Count} of {comparison.MaxRuns()} runs", line, MessageIntent.Information);
            }
        }
        catch (OperationCanceledException)
        {
            using var cancelled = await api.DeleteAsync(record, CancellationToken.None);
            return CommandResults.Canceled();
        }

        comparison = (await api.GetFromJsonAsync<Comparison>(record, FlagCloudJson.Options, CancellationToken.None))!;
        api.DefaultRequestHeaders.Accept.Add(new("text/markdown"));
        var text = await api.GetStringAsync(record, CancellationToken.None);
        return comparison.Status is ComparisonStatus.Completed
            ? CommandResults.Success(Sentence(comparison), text, CommandResultFormat.Markdown, displayImmediately: true)
            : CommandResults.Failure(Sentence(comparison), text, CommandResultFormat.Markdown);
    }

    static Run? RunOf(string type, ReadOnlySpan<byte> data) => type is "run" ? JsonSerializer.Deserialize<Run>(data, FlagCloudJson.Options) : null;

    /// <summary>Everything that can be seen to be wrong without asking a silo, which alone knows the strategies and the profiles.</summary>
    static Task CheckAsync(InputsDialogValidationContext context)
    {
        InteractionInput[] noNumbers = [.. context.Inputs.Where(input => Range(input.Name) is not null && !int.TryParse(input.Value, out _))];
        foreach (var input in noNumbers)
            context.AddValidationError(input.Name, Range(input.Name)!.GetValidationResult($"'{input.Value}'", new(input) { MemberName = input.Name })!.ErrorMessage!);
        if (noNumbers is not []) return Task.CompletedTask;
        var settings = Settings(context.Inputs);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), results, validateAllProperties: true);
        foreach (var result in results) context.AddValidationError(JsonNamingPolicy.CamelCase.ConvertName(result.MemberNames.First()), result.ErrorMessage!);
        return Task.CompletedTask;
    }

    static ComparisonSettings Settings(InteractionInputCollection inputs)
    {
        string[] Words(string name) => inputs.GetString(name)!.ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return new()
        {
            Strategies = Words("strategies") is [All] ? [] : Words("strategies"),
            Countries = Words("countries") is [var name] && CountrySelection.Named(name) is { } named ? named : CountrySelection.Of(Words("countries")),
            Profile = inputs.GetString("profile")!,
            Concurrency = int.Parse(inputs.GetString("concurrency")!),
            Rounds = int.Parse(inputs.GetString("rounds")!),
            Work = Enum.Parse<WorkKind>(inputs.GetString("work")!, ignoreCase: true),
        };
    }

    /// <param name="name">As in JSON.</param>
    static PropertyInfo Setting(string name) => typeof(ComparisonSettings).GetProperties().Single(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name);

    static BetweenAttribute? Range(string name) => Setting(name).GetCustomAttribute<BetweenAttribute>();

    static IEnumerable<KeyValuePair<string, string>> Pairs(string[] strategies) =>
        strategies.SelectMany((one, at) => strategies[(at + 1)..].Select(other => $"{one}, {other}")).Select(pair => KeyValuePair.Create(pair, pair));

    static KeyValuePair<string, string> Named(Choice choice) => new(choice.Name, $"{choice.Name}: {choice.Description}");

    static ResourceCommandState WhenHealthy(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.HealthStatus is HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    static string Sentence(Comparison ended) =>
        ended is { Status: ComparisonStatus.Completed, Conclusions: [var verdict, ..] } ? verdict : $"{ended.Status}. {ended.Reason}".TrimEnd();

    // What was wrong with which setting, and what is allowed; or why it cannot be done now.
    static string Sentence(HttpValidationProblemDetails problem) => problem.Errors is { Count: > 0 } errors
        ? string.Join(' ', errors.SelectMany(setting => setting.Value, (setting, message) => $"{setting.Key}: {message}"))
        : problem.Detail!;

    // The job says which comparison it has run, and nobody else knows.
    static async Task<string?> ComparisonOf(ResourceStoppedEvent job, CancellationToken cancellationToken)
    {
        string? id = null;
        await foreach (var lines in job.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(job.ResourceEvent.ResourceId).WithCancellation(cancellationToken))
            id = lines.SelectMany(line => line.Content.Split(' ', '/', '"')).LastOrDefault(ComparisonId.IsWellFormed) ?? id;
        return id;
    }

    [LoggerMessage(1, LogLevel.Information, "{Run}")]
    static partial void LogRun(ILogger logger, string run);

    /// <summary>A line at the top of every page of the dashboard, if there is one: it stays until it is replaced, disposed of, or closed by somebody.</summary>
    sealed class Notification(IServiceProvider services, string link) : IDisposable
    {
        readonly IInteractionService interaction = services.GetRequiredService<IInteractionService>();
        CancellationTokenSource shown = new();

        public void Show(string title, string text, MessageIntent intent)
        {
            Dispose();
            shown = new();
            // Not awaited: that would wait for somebody to close it.
            if (interaction.IsAvailable) _ = interaction.PromptNotificationAsync(title, text, new() { Intent = intent, LinkText = "Flag lab", LinkUrl = link }, shown.Token);
        }

        public void Dispose()
        {
            shown.Cancel();
            shown.Dispose();
        }
    }
}
