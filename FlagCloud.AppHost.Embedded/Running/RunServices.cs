using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Output;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>What the runners of all resources share.</summary>
internal sealed record RunServices(
    Terminal Terminal, Guardian? Guardian, HealthTimings Timings, bool Fresh, Func<IResource, ResourceStatus> StatusOf, Action<Incident> Report);
