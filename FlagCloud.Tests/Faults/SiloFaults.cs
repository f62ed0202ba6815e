using System.Diagnostics;
using FlagCloud.Tests.Cluster;

namespace FlagCloud.Tests.Faults;

/// <param name="Does">To the cluster, of which these are the silo with the controller grain and another one.</param>
/// <param name="Moves">Whether the comparison goes on in another silo, which its record says; null: it may.</param>
/// <param name="Interrupts">Whether its first run is marked as interrupted; null: it may be.</param>
sealed record SiloFault(Func<ClusterRun, string, string, Task> Does, bool? Moves = null, bool? Interrupts = null, int Rounds = 1);

/// <summary>
/// Whatever is lost in mid-run, of three silos that are processes: the comparison ends, every flag has exactly one outcome, and the record says what happened. A line a loss.
/// </summary>
[Trait(FaultTable.Trait, "silo")]
public abstract class SiloFaults(ClusterRun cluster)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    internal static readonly Dictionary<string, SiloFault> OfOthers = new()
    {
        ["worker killed"] = new((cluster, _, worker) => cluster.Kill(worker), Interrupts: true, Rounds: 2),
        ["worker asked to end"] = new((cluster, _, worker) => cluster.Terminate(worker)),
        ["worker frozen for 20 s"] = new((cluster, _, worker) => Frozen(cluster, worker)),
        ["storage and membership restarted"] = new(async (cluster, _, _) => { await cluster.Terminate("azurite"); await cluster.Begin("azurite"); }),
    };

    internal static readonly Dictionary<string, SiloFault> OfTheController = new()
    {
        ["controller killed"] = new((cluster, controller, _) => cluster.Kill(controller), Moves: true, Interrupts: true),
        ["controller asked to end"] = new((cluster, controller, _) => cluster.Terminate(controller), Moves: true, Interrupts: true),
        ["controller frozen for 20 s"] = new((cluster, controller, _) => Frozen(cluster, controller), Moves: true, Interrupts: true),
        ["all silos killed, and begun again"] = new((cluster, _, _) => Again(cluster), Interrupts: true),
    };

    internal async Task Holds(string cell, SiloFault fault)
    {
        await using var midway = await cluster.Midway(fault.Rounds);
        var begunAt = Stopwatch.GetTimestamp();
        var controller = await midway.Controller();
        await fault.Does(cluster, controller, await midway.Worker(controller));

        var comparison = await midway.Whole();

        if (fault.Moves is { } moves) Assert.Equal((moves, moves), (comparison.Controller != controller, comparison.Interruptions is { Count: > 0 }));
        if (fault.Interrupts is { } interrupts) Assert.Equal(interrupts, comparison.Runs[0].Interrupted);
        // What was interrupted says nothing of time: only the other rounds count.
        Assert.Equal(comparison.Runs.Count(run => !run.Interrupted), comparison.Summary.Sum(summary => summary.Rounds));
        FaultTable.Row("silo", cell, $"{comparison.Status}, {comparison.Runs.Sum(run => run.Ok)} Ok", begunAt, string.Join(' ', comparison.Interruptions ?? []));
    }

    static async Task Frozen(ClusterRun cluster, string silo)
    {
        await cluster.Signal(silo, "STOP");
        await Task.Delay(Pause, TestContext.Current.CancellationToken); // That is the fault.
        await cluster.Signal(silo, "CONT");
    }

    static async Task Again(ClusterRun cluster)
    {
        await Task.WhenAll(ClusterRun.Silos.Select(cluster.Kill));
        await Task.WhenAll(ClusterRun.Silos.Select(cluster.Begin));
    }
}

/// <summary>The controller's silo stays. On a cluster of its own, beside the other's.</summary>
public sealed class WorkerFaults(ClusterRun cluster) : SiloFaults(cluster), IClassFixture<ClusterRun>
{
    public static TheoryData<string> Cells => [.. OfOthers.Keys];

    [Theory, MemberData(nameof(Cells))]
    public Task Silo(string cell) => Holds(cell, OfOthers[cell]);
}

/// <summary>The silo of the controller's grain is lost.</summary>
public sealed class ControllerFaults(ClusterRun cluster) : SiloFaults(cluster), IClassFixture<ClusterRun>
{
    public static TheoryData<string> Cells => [.. OfTheController.Keys];

    [Theory, MemberData(nameof(Cells))]
    public Task Silo(string cell) => Holds(cell, OfTheController[cell]);
}
