using FlagCloud.Tests.AppHost;
using FlagCloud.Tests.Comparisons;
using FlagCloud.Tests.Cluster;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Lab;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(FlagCloud.Tests.Hosting.LongestFirst))]

namespace FlagCloud.Tests.Hosting;

/// <summary>Collections that take a minute or more begin first, so that the last ones to end are short.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly List<string> Long =
    [
        .. ((Type[])[typeof(KubernetesDeploymentTests), typeof(ControllerFaults), typeof(WorkerFaults), typeof(AppHostProcessTests), typeof(ResumeTests), typeof(PartitionTests), typeof(ComposeDeploymentTests),
            typeof(PageTests), typeof(RaceTests), typeof(AzureDeploymentTests), typeof(WholeAppTests), typeof(WebFaults), typeof(StorageAway)]).Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Long.FindIndex(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var index ? index : Long.Count)];
}
