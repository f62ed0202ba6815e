using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FlagCloud.Contracts;

/// <summary>The CPU-bound work done on a flag between its download and its upload.</summary>
public enum WorkKind
{
    None,
    /// <summary>Compress with Brotli and store with that content encoding.</summary>
    Brotli,
}

/// <summary>Whether a flag that is stored already is fetched again.</summary>
public enum FetchMode
{
    /// <summary>Fetch and store every flag.</summary>
    Force,
    /// <summary>Ask the origin with the stored flag's ETag; a 304 leaves the stored flag as it is.</summary>
    Refresh,
}

/// <summary>
/// What is compared, and how. The one declaration of every setting: the body of <c>POST /api/comparisons</c> (where what is left out takes the default that stands here),
/// the options of <c>flagcloud compare</c>, the form (which has fields of its own for what is not to be generated), the validation and the record.
/// </summary>
[Immutable]
public sealed record ComparisonSettings : IValidatableObject
{
    public const int FewestForIntervals = MedianInterval.FewestValues, DefaultMaxRounds = 30;
    /// <summary>In one comparison, warm-up included: some fifteen times all flags in three strategies and 20 rounds.</summary>
    public const int MaxDownloads = 250_000;
    /// <summary>What a record calls the profile of an origin that is not ours.</summary>
    public const string Foreign = "foreign";
    /// <summary>The group of settings that a form shows first.</summary>
    public const string Usual = "usual";

    const int LargestSeed = int.MaxValue - 10_000;

    [Display(Name = "Strategies", AutoGenerateField = false), Description("Strategies to compare, each once; none stands for all that there are.")]
    public IReadOnlyList<string> Strategies { get; init; } = [];
    [Display(Name = "Flags", AutoGenerateField = false), Description("ISO codes, first letters, or one of top20, all, every."), JsonConverter(typeof(CountriesConverter))]
    public IReadOnlyList<string> Countries { get; init; } = Catalogue.Top20;
    [Display(Name = "Only the first", AutoGenerateField = false)]
    [Description("Only the first so many of the countries."), Between(1, 10_000, "countries"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }
    [Display(Name = "Server's profile", AutoGenerateField = false), Description("The origin's profile of delays and faults.")]
    public string Profile { get; init; } = "web";
    [Display(Name = "Foreign server", AutoGenerateField = false)]
    [Description("URL template of a foreign origin with {code} or {CODE} in it, from the allow-list; instead of a profile.")]
    public string? Origin { get; init; }
    [Display(Name = "In flight at most", GroupName = Usual), Description("Downloads in flight at most."), Between(1, 1_000, "downloads in flight")]
    public int Concurrency { get; init; } = 20;
    [Display(Name = "Measured rounds", GroupName = Usual), Description("Measured rounds; six or more have 95 % intervals."), Between(1, 10_000, "rounds")]
    public int Rounds { get; init; } = FewestForIntervals;
    [Display(Name = "More, until ±", GroupName = Usual)]
    [Description("Measure more rounds, up to maxRounds, until every interval reaches no further than this share of its figure to either side.")]
    [Between(0.005, 1, "a share of the figure, such as 0.05")]
    public double? CiWidth { get; init; }
    [Display(Name = "Rounds at most"), Description("Most rounds with ciWidth."), Between(FewestForIntervals, 10_000, "rounds")]
    public int? MaxRounds { get; init; }
    [Display(Name = "Warm-up first"), Description("Whether unmeasured runs go first.")]
    public bool Warmup { get; init; } = true;
    [Display(Name = "Work on each flag"), Description("CPU-bound work on each flag.")]
    public WorkKind Work { get; init; }
    [Display(Name = "Brotli's quality"), Description("Brotli's quality."), Between(0, 11, "Brotli's quality")]
    public int Quality { get; init; } = 11;
    [Display(Name = "One lock for CPU parts"), Description("Whether the CPU part of every download must hold one process-wide lock, as under CPython's GIL.")]
    public bool InterpreterLock { get; init; }
    [Display(Name = "Seed"), Description("Seed of the origin's draws; round r uses seed + r."), Between(0, LargestSeed, "a seed")]
    public int Seed { get; init; } = 1;
    [Display(Name = "Stored flags"), Description("Whether every flag is fetched, or only what has changed.")]
    public FetchMode Mode { get; init; }
    [Display(Name = "Seconds a request may take")]
    [Description("How long one request to the origin may take, seconds; left out, the silo's configuration."), Between(0.1, 25, "seconds")]
    public double? AttemptTimeoutSeconds { get; init; }
    [Display(Name = "Retries"), Description("Requests after the first that a flag may take; left out, the silo's configuration."), Between(0, 10, "retries")]
    public int? Retries { get; init; }
    [Display(Name = "Connections reused"), Description("Whether requests share one client and its connections; if not, each has a client of its own.")]
    public bool ConnectionReuse { get; init; } = true;
    /// <summary>The rounds at which it ends in any case.</summary>
    [JsonIgnore] public int LastRound => MaxRounds ?? Rounds;

    /// <summary>With everything that follows from something else filled in, as it is recorded.</summary>
    public ComparisonSettings Normalized() => this with
    {
        Countries = Limit is { } limit ? [.. Countries.Take(limit)] : Countries,
        Limit = null,
        Profile = Origin is null ? Profile : Foreign,
        MaxRounds = CiWidth is null ? null : MaxRounds ?? Math.Max(DefaultMaxRounds, Rounds),
    };

    /// <summary>What rests on more than one setting. Which strategies, profiles and origins there are, only the silo knows.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Strategies.Distinct().Count() != Strategies.Count)
            yield return Wrong(nameof(Strategies), $"{string.Join(", ", Strategies)}: name each strategy once.");
        if (Countries is [])
            yield return Wrong(nameof(Countries), $"An empty list names no countries. {CountrySelection.Allowed}");
        if (Unknown() is { Length: > 0 } unknown)
        {
            var named = string.Join(", ", unknown.Take(10).Select(code => $"'{code}'"));
            yield return Wrong(nameof(Countries), $"{named} {(unknown.Length is 1 ? "is" : "are")} not known. {CountrySelection.Allowed}");
        }
        if (Origin is not null && Profile is not ("web" or Foreign))
            yield return Wrong(nameof(Profile), "A foreign origin has no profiles. Give either profile or origin.");
        if (MaxRounds is not null && CiWidth is null)
            yield return Wrong(nameof(MaxRounds), "It is the ceiling for rounds that are chosen by ciWidth. Give ciWidth, too, or only rounds.");
        if (MaxRounds < Rounds)
            yield return Wrong(nameof(MaxRounds), $"{MaxRounds} is less than the {Rounds} rounds that are measured in any case. Give at least {Rounds}.");
        if (CiWidth is not null && Rounds < FewestForIntervals)
            yield return Wrong(
                nameof(Rounds), $"{Rounds} is not allowed with ciWidth: there is no interval before round {FewestForIntervals}. Give at least {FewestForIntervals}.");
        var (strategies, countries, rounds) = (Math.Max(1, Strategies.Count), Normalized().Countries.Count, Normalized().LastRound);
        if ((long)strategies * countries * (rounds + (Warmup ? 1 : 0)) is > MaxDownloads and var downloads)
            yield return Wrong(nameof(Rounds), $"{strategies} strategies, {countries} countries and {rounds} rounds are {downloads} downloads. "
                + $"At most {MaxDownloads} are allowed; ask for fewer rounds or countries.");
    }

    // Of the 676 pairs of letters most are no country, and that is the point of asking for them.
    string[] Unknown() => Countries.SequenceEqual(Catalogue.Every) ? [] : [.. Countries.Where(code => !Catalogue.All.ContainsKey(code))];

    static ValidationResult Wrong(string member, string message) => new(message, [member]);
}

/// <summary>A range that says what it is a range of.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BetweenAttribute : RangeAttribute
{
    public BetweenAttribute(int least, int most, string of) : base(least, most) => Of = of;
    public BetweenAttribute(double least, double most, string of) : base(least, most) => Of = of;
    /// <summary>What is given, such as "rounds".</summary>
    public string Of { get; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => IsValid(value)
        ? ValidationResult.Success
        : new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value} is not allowed. Give {Of} from {Minimum} to {Maximum}."), [validationContext.MemberName!]);
}
