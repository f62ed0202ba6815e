using System.Diagnostics;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Watching;

/// <summary>The newest run of a strategy, as it stood at one moment.</summary>
/// <param name="Round">0 is the warm-up; null if no run of the strategy has begun.</param>
/// <param name="Cells">A place for each country, in the order asked for; null until its download has ended.</param>
/// <param name="AsOf">Time stamp (Stopwatch) at which <paramref name="ElapsedSeconds"/> was read.</param>
/// <param name="Result">Null until the run has ended.</param>
public sealed record LaneView(
    string Strategy, int? Round, IReadOnlyList<Download?> Cells, int InFlight, double ElapsedSeconds, long AsOf, Run? Result)
{
    /// <summary>The countries whose downloads are under way.</summary>
    public IReadOnlySet<string> Running { get; init; } = None;

    internal static readonly IReadOnlySet<string> None = new HashSet<string>();

    public int Finished => Cells.Count(cell => cell is not null);

    public int Stored => Cells.Count(cell => cell?.Outcome is Outcome.Ok or Outcome.NotModified);

    public bool IsRunning => Round is not null && Result is null;

    /// <summary>What the run's clock shows now: between two looks it goes on by itself.</summary>
    public double Clock => Result?.ElapsedSeconds ?? (IsRunning ? ElapsedSeconds + Stopwatch.GetElapsedTime(AsOf).TotalSeconds : 0);

    public static LaneView Empty(string strategy, int countries) => new(strategy, null, new Download?[countries], 0, 0, 0, null);
}
