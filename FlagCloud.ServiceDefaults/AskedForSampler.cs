using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Leaves out the traces that begin with a call between grains, which is what Orleans' timers and system services do several times a
/// second: within an hour they would push everything that somebody asked for out of a dashboard's memory.
/// </summary>
sealed class AskedForSampler : Sampler
{
    // Such spans are named IInterface/Method; nothing else that begins a trace has a slash in its name when it starts.
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Name is ['I', ..] name && name.Contains('/', StringComparison.Ordinal) ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
