using FlagCloud.Contracts;
using FlagCloud.Silo.Flags;

namespace FlagCloud.Silo.Components.Race;

/// <summary>What is chosen on the form, and the request that it stands for.</summary>
sealed class RaceChoice
{
    public const string Top20 = "top20", All = "all", Continents = "continents", Picked = "picked";

    public HashSet<string> Strategies { get; } = [];
    public string Which { get; set; } = Top20;
    public HashSet<string> Continent { get; } = [];
    public SortedSet<string> Countries { get; } = new(StringComparer.Ordinal);
    public int? Limit { get; set; }
    public string Profile { get; set; } = "web";
    public int Concurrency { get; set; } = 20;
    public int Rounds { get; set; } = 5;
    /// <summary>Percent: more rounds until every interval is as narrow; null for exactly as many as asked.</summary>
    public int? Width { get; set; }
    public bool Warmup { get; set; } = true;
    public WorkKind Work { get; set; }
    public bool InterpreterLock { get; set; }
    public int Seed { get; set; } = 1;
    public FetchMode Mode { get; set; }

    /// <summary>As a comparison was run, to run it again.</summary>
    public void Take(ComparisonSettings settings)
    {
        Strategies.Clear();
        Strategies.UnionWith(settings.Strategies);
        Countries.Clear();
        if (settings.Countries.SequenceEqual(Catalogue.Top20)) Which = Top20;
        else if (settings.Countries.SequenceEqual(Catalogue.All.Keys)) Which = All;
        else
        {
            Which = Picked;
            Countries.UnionWith(settings.Countries.Where(Catalogue.All.ContainsKey));
        }
        (Profile, Concurrency, Rounds, Warmup) = (settings.Profile, settings.Concurrency, settings.Rounds, settings.Warmup);
        Width = settings.CiWidth is { } width ? (int)Math.Round(width * 100) : null;
        (Work, InterpreterLock, Seed, Mode) = (settings.Work, settings.InterpreterLock, settings.Seed, settings.Mode);
    }

    public ComparisonRequest Request(IEnumerable<string> order) => new()
    {
        Strategies = [.. order.Where(Strategies.Contains)],
        Countries = Selection(),
        Limit = Limit,
        Profile = Profile,
        Concurrency = Concurrency,
        Rounds = Rounds,
        CiWidth = Width / 100.0,
        Warmup = Warmup,
        Work = Work.ToString(),
        InterpreterLock = InterpreterLock,
        Seed = Seed,
        Mode = Mode.ToString(),
    };

    /// <summary>How many flags a run of it has.</summary>
    public int Count => Math.Min(Limit is > 0 ? Limit.Value : int.MaxValue, Which switch
    {
        Top20 => Catalogue.Top20.Count,
        All => Catalogue.All.Count,
        Continents => OfContinents().Length,
        _ => Countries.Count,
    });

    CountrySelection Selection() => Which switch
    {
        Continents => CountrySelection.Of(OfContinents()),
        Picked => CountrySelection.Of([.. Countries]),
        _ => CountrySelection.Named(Which),
    };

    string[] OfContinents() => [.. Catalogue.All.Values.Where(country => Continent.Contains(country.Continent ?? "")).Select(country => country.Code)];
}
