namespace FlagCloud.Contracts;

/// <summary>Says what can be asked for, which only a silo knows. Any activation will do; the key means nothing.</summary>
[Alias("FlagCloud.IChoicesGrain")]
public interface IChoicesGrain : IGrainWithIntegerKey
{
    [Alias("Get")] Task<Choices> Get();
}

/// <summary>What settings can be chosen from (<c>GET /api/choices</c>).</summary>
/// <param name="Profiles">The origin's; empty while it does not answer.</param>
/// <param name="Origins">URL prefixes of foreign origins that are allowed.</param>
[Immutable]
public sealed record Choices(IReadOnlyList<Choice> Strategies, IReadOnlyList<Choice> Profiles, IReadOnlyList<string> Origins, IReadOnlyList<QuestionInfo> Questions);

/// <param name="Description">One line.</param>
/// <param name="MeanDelaySeconds">Of a profile: how long an answer takes on average.</param>
/// <param name="OneAtATime">Of a strategy: whether it has one download under way whatever the limit.</param>
public sealed record Choice(string Name, string Description, double? MeanDelaySeconds = null, bool? OneAtATime = null);
