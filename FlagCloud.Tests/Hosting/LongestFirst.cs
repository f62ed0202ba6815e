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

/// <summary>Collections that take half a minute or more begin first, so that the last ones to end are short; of these, some that wait beside some that work.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly List<string> Long =
    [
        .. ((Type[])[typeof(KubernetesDeploymentTests), typeof(ControllerFaults), typeof(WorkerFaults), typeof(StorageFaults), typeof(WebFaults), typeof(AppHostProcessTests), typeof(WholeAppTests),
            typeof(PartitionTests), typeof(ResumeTests), typeof(ComposeDeploymentTests), typeof(LimitTests), typeof(RaceTests), typeof(AppHostRefusalTests), typeof(UseTests), typeof(IdleTests), typeof(PageTests),
            typeof(QuestionTests), typeof(AzureDeploymentTests), typeof(LongRunTests), typeof(StorageAway), typeof(FaultTests), typeof(PeerTests),
            typeof(ReadinessTests), typeof(ComparisonTests), typeof(AzuriteFixtureTests), typeof(FutureTests), typeof(OriginFaults), typeof(AzureFileTests), typeof(CancelTests)]).Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Long.FindIndex(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var index ? index : Long.Count)];
}
