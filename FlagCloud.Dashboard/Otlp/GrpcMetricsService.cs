using FlagCloud.Dashboard.Wire;
using Grpc.Core;

namespace FlagCloud.Dashboard.Otlp;

internal sealed class GrpcMetricsService(OtlpIntake intake) : MetricsService.MetricsServiceBase
{
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Add(request));
}
