using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>Where every request goes, over whichever protocol it came: into memory, and onto disk where runs are kept.</summary>
internal sealed class OtlpIntake(TelemetryStore store, RunRecorder recorder)
{
    public ExportTraceServiceResponse Add(ExportTraceServiceRequest request)
    {
        var intake = store.Add(request);
        recorder.Offer(request);
        return intake.Rejected == 0 ? new() : new() { PartialSuccess = new() { RejectedSpans = intake.Rejected, ErrorMessage = intake.Message } };
    }

    public ExportLogsServiceResponse Add(ExportLogsServiceRequest request)
    {
        var intake = store.Add(request);
        recorder.Offer(request);
        return intake.Rejected == 0 ? new() : new() { PartialSuccess = new() { RejectedLogRecords = intake.Rejected, ErrorMessage = intake.Message } };
    }

    public ExportMetricsServiceResponse Add(ExportMetricsServiceRequest request)
    {
        var intake = store.Add(request);
        recorder.Offer(request);
        return intake.Rejected == 0 ? new() : new() { PartialSuccess = new() { RejectedDataPoints = intake.Rejected, ErrorMessage = intake.Message } };
    }
}
