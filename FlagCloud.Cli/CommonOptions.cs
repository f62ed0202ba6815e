namespace FlagCloud.Cli;

/// <summary>What every command takes: where the server is, how long to wait for it, and in which form results are printed.</summary>
sealed class CommonOptions
{
    const string DefaultUrl = "http://localhost:15101";

    /// <summary>The environment variable that has the key: an option would show it in the process list and the shell's history.</summary>
    const string KeyVariable = "FLAGCLOUD_API_KEY";

    // As an AppHost names them.
    static readonly string[] UrlVariables = ["WEB_HTTP", "services__web__http__0"];

    readonly Option<string?> url = new("--url")
    {
        Description = $"Address of FlagCloud's web [default: {string.Join(" or ", UrlVariables)} of the environment, else {DefaultUrl}]",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    readonly Option<string?> wait = new("--wait") { Description = "Wait so long for a server that is not there yet, such as 90s or 2m", HelpName = "TIME", Recursive = true };
    readonly Option<string> output = new("--output", "-o") { Description = "How results are printed; progress goes to standard error [default: text]", Recursive = true };

    public CommonOptions(Session session)
    {
        Session = session;
        output.AcceptOnlyFromAmong("text", "json");
        wait.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && Time(given.Value) is null) result.AddError($"--wait takes a time such as 90s or 2m, not '{given.Value}'.");
        });
    }

    public Session Session { get; }
    public IEnumerable<Option> All => [url, wait, output];

    /// <summary>Begins a call of a command, when the server is there.</summary>
    public async Task<Call> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var client = new FlagCloudClient(Server(parsed.GetValue(url)), Session.Patience, Session.Variable(KeyVariable));
        if (parsed.GetValue(wait) is { } time) await client.ReadyAsync(Time(time)!.Value, cancellationToken);
        return new(Session, client, parsed.GetValue(output) is "json");
    }

    Uri Server(string? given)
    {
        var from = given is not null ? "--url" : UrlVariables.FirstOrDefault(name => Session.Variable(name) is { Length: > 0 });
        var text = given ?? (from is null ? DefaultUrl : Session.Variable(from)!);
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{from} is an http or https address such as {DefaultUrl}, not '{text}'.");
    }

    static TimeSpan? Time(string text) => text is [.., 's' or 'm'] && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? TimeSpan.FromSeconds(number * (text[^1] is 'm' ? 60L : 1))
        : null;
}
