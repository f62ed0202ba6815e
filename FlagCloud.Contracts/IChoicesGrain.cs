namespace FlagCloud.Contracts;

/// <summary>Says what can be asked for, which only a silo knows. Any activation will do; the key means nothing.</summary>
[Alias("FlagCloud.IChoicesGrain")]
public interface IChoicesGrain : IGrainWithIntegerKey
{
    [Alias("Get")]
    Task<Choices> Get();
}

/// <summary>What settings can be chosen from (<c>GET /api/choices</c>).</summary>
/// <param name="Profiles">The origin's; empty while it does not answer.</param>
/// <param name="Origins">URL prefixes of foreign origins that are allowed.</param>
public sealed record Choices(IReadOnlyList<Choice> Strategies, IReadOnlyList<Choice> Profiles, IReadOnlyList<string> Origins, IReadOnlyList<QuestionInfo> Questions);

/// <param name="Description">One line.</param>
public sealed record Choice(string Name, string Description);
