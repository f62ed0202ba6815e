using FlagCloud.Tests.Api;
using FlagCloud.Tests.AppHost;
using FlagCloud.Tests.Comparisons;
using FlagCloud.Tests.Cluster;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Docs;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Lab;
using FlagCloud.Tests.Live;
using FlagCloud.Tests.Production;
using FlagCloud.Tests.Questions;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(FlagCloud.Tests.Hosting.LongestFirst))]

namespace FlagCloud.Tests.Hosting;

/// <summary>Collections that take long begin first, those that wait before those that work, so that the last ones to end are short and keep the cores busy.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly List<string> Long =
    [
        .. ((Type[])[typeof(KubernetesDeploymentTests), typeof(ControllerFaults), typeof(WorkerFaults), typeof(LimitTests), typeof(WebFaults), typeof(AppHostProcessTests), typeof(WholeAppTests),
            typeof(PartitionTests), typeof(ResumeTests), typeof(ComposeDeploymentTests), typeof(IdleTests), typeof(UseTests), typeof(StorageFaults), typeof(QuestionTests), typeof(RaceTests),
            typeof(AppHostRefusalTests), typeof(AzureDeploymentTests), typeof(StorageAway), typeof(LongRunTests), typeof(WatchTests), typeof(FaultTests), typeof(PeerTests), typeof(ReadinessTests),
            typeof(ComparisonTests), typeof(GhostTests), typeof(AzuriteFixtureTests), typeof(FutureTests), typeof(TelemetryEndpointTests), typeof(PageTests), typeof(OriginFaults), typeof(AzureFileTests),
            typeof(CancelTests)]).Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Long.FindIndex(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var index ? index : Long.Count)];
}
