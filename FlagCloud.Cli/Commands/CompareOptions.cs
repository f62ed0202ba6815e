using System.CommandLine;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Commands;

/// <summary>The options of <c>compare</c>, read into the request. What is not given is left to the silo's defaults.</summary>
sealed class CompareOptions
{
    readonly Argument<string[]> codes = Values.CountryCodes();
    readonly Option<bool> all = new("--all", "-a") { Description = "Every flag that the silo knows" };
    readonly Option<bool> every = new("--every", "-e") { Description = "All 676 two-letter codes, most of which have no flag" };
    readonly Option<int?> limit = Values.AtLeast(1, "Only the first N of them", "--limit", "-l");
    readonly Option<int?> concurrency = Values.AtLeast(1, "At most N downloads in flight [default: 20]", "--max_req", "-m", "--max-req", "--concurrency");
    readonly Option<ServerChoice?> server = Values.Server();
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "A line for every download instead of progress bars" };
    readonly Option<string[]> strategies = Values.Strategies();
    readonly Option<int?> rounds = Values.AtLeast(1, "Measured rounds; intervals take two or more [default: 1]", "--rounds");
    readonly Option<double?> ciWidth = Values.Share("Measure rounds until every interval reaches no further than this share of its figure either side, such as 0.05", "--ci-width");
    readonly Option<int?> maxRounds = Values.AtLeast(1, "At most N rounds with --ci-width [default: 30]", "--max-rounds");
    readonly Option<bool> noWarmup = new("--no-warmup") { Description = "Leave out the unmeasured round that goes first" };
    readonly Option<string?> work = Values.OneOf<WorkKind>("CPU-bound work on each flag", "--work");
    readonly Option<int?> quality = Values.AtLeast(0, "Brotli's quality, 0 to 11 [default: 11]", "--quality");
    readonly Option<bool> interpreterLock = new("--interpreter-lock") { Description = "That work holds one lock, as under a global interpreter lock" };
    readonly Option<double?> timeout = Values.Seconds("How long one request to the origin may take [default: the silo's]", "--timeout");
    readonly Option<int?> retries = Values.AtLeast(0, "Requests after the first that a flag may take [default: the silo's]", "--retries");
    readonly Option<bool> noReuse = new("--no-connection-reuse") { Description = "A client of its own for every request" };
    readonly Option<int?> seed = Values.AtLeast(int.MinValue, "Seed of the origin's delays and faults [default: 1]", "--seed");
    readonly Option<string?> mode = Values.OneOf<FetchMode>("Fetch every flag, or only what has changed", "--mode");

    public void AddTo(Command command)
    {
        command.Arguments.Add(codes);
        foreach (var option in (Option[])
            [all, every, limit, concurrency, server, verbose, strategies, rounds, ciWidth, maxRounds, noWarmup, work, quality, interpreterLock, timeout, retries, noReuse, seed, mode])
        {
            command.Options.Add(option);
        }
    }

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(verbose);

    public ComparisonRequest Read(ParseResult parsed) => new()
    {
        Countries = Countries(parsed),
        Limit = parsed.GetValue(limit),
        Concurrency = parsed.GetValue(concurrency),
        Profile = parsed.GetValue(server)?.Profile,
        Origin = parsed.GetValue(server)?.Origin,
        Strategies = parsed.GetValue(strategies) is { Length: > 0 } given ? given : null,
        Rounds = parsed.GetValue(rounds),
        Warmup = parsed.GetValue(noWarmup) ? false : null,
        Work = parsed.GetValue(work),
        InterpreterLock = parsed.GetValue(interpreterLock) ? true : null,
        Quality = parsed.GetValue(quality),
        CiWidth = parsed.GetValue(ciWidth),
        MaxRounds = parsed.GetValue(maxRounds),
        AttemptTimeoutSeconds = parsed.GetValue(timeout),
        Retries = parsed.GetValue(retries),
        ConnectionReuse = parsed.GetValue(noReuse) ? false : null,
        Seed = parsed.GetValue(seed),
        Mode = parsed.GetValue(mode),
    };

    // As in the ancestor, the larger set contains the smaller one.
    CountrySelection Countries(ParseResult parsed)
    {
        if (parsed.GetValue(every)) return CountrySelection.Named("every");
        if (parsed.GetValue(all)) return CountrySelection.Named("all");
        return parsed.GetValue(codes) is { Length: > 0 } given
            ? CountrySelection.Of([.. given.Select(code => code.ToLowerInvariant()).Distinct()])
            : CountrySelection.Named("top20");
    }
}
