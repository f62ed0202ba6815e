using FlagCloud.Dashboard.Wire;
using Grpc.Core;

namespace FlagCloud.Dashboard.Otlp;

internal sealed class GrpcTraceService(OtlpIntake intake) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Add(request));
}
