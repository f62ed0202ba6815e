using Orleans.Configuration;

namespace FlagCloud.Silo.Cluster;

/// <summary>How soon a small cluster takes a silent silo for dead. docs/how-it-works.md has what that gives.</summary>
static class FailureDetection
{
    static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    // Three probes, two seconds apart, each with two seconds to answer. A pause shorter than that (a long collection, a busy machine) costs nothing; after
    // a longer one the silo finds itself expelled, and ends.
    public static ISiloBuilder UseFailureDetection(this ISiloBuilder silo) => silo.Configure<ClusterMembershipOptions>(options =>
    {
        // Orleans would adapt the time to between half and four times this, and lets nobody vote against a silo that was heard of within the longest of
        // it times three: 24 s of silence instead of 6.
        options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = Probe;
        options.NumMissedProbesLimit = 3;
        // Where packets are lost without a word, the silo that is asked to probe for another answers too late, and that never counts as a miss.
        options.EnableIndirectProbes = false;
        // Of silos that all died at once there is nobody left to vote: those that come instead wait until the dead have not said for three times this that they are alive.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        // A silo that begins again at its address writes down that its former self is dead. If another writes at that moment, it does so when it reads the table next,
        // and until then nobody joins: they try to reach the former self first.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    });
}
