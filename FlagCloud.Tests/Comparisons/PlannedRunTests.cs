using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Tests.Comparisons;

public sealed class PlannedRunTests
{
    [Fact]
    public void Rounds_interleave_and_the_warmup_goes_first() => Assert.Equal(
        "0:S 0:T 0:A 1:S 1:T 1:A 2:T 2:A 2:S 3:A 3:S 3:T 4:S 4:T 4:A",
        string.Join(' ', PlannedRun.All(Trials("S", "T", "A"), rounds: 4, warmup: true).Select(run => $"{run.Round}:{run.Trial.Name}")));

    [Fact]
    public void Only_round_0_is_warmup() => Assert.Equal([true, false, false], PlannedRun.All(Trials("S"), 2, warmup: true).Select(run => run.Warmup));

    [Fact]
    public void Without_warmup_round_1_goes_first() => Assert.Equal([1, 2], PlannedRun.All(Trials("S"), 2, warmup: false).Select(run => run.Round));

    [Fact]
    public void Runs_are_numbered_from_1() => Assert.Equal([1, 2, 3, 4], PlannedRun.All(Trials("S", "T"), 1, warmup: true).Select(run => run.Number));

    static Trial[] Trials(params string[] names) => [.. names.Select(name => new Trial(name, new() { Strategies = [name] }))];
}
