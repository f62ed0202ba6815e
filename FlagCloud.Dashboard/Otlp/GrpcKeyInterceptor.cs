using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FlagCloud.Dashboard.Otlp;

internal sealed class GrpcKeyInterceptor(ApiKey key) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        key.Admits(context.RequestHeaders.GetValue(ApiKey.Header))
            ? continuation(request, context)
            : throw new RpcException(new Status(StatusCode.Unauthenticated, ApiKey.Refusal));
}
