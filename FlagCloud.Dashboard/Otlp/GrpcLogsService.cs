using FlagCloud.Dashboard.Wire;
using Grpc.Core;

namespace FlagCloud.Dashboard.Otlp;

internal sealed class GrpcLogsService(OtlpIntake intake) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Add(request));
}
