using System.Text.Json;
using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>OTLP over HTTP: protobuf or JSON, plain or gzip; an answer in the form of the question.</summary>
internal static class OtlpHttpEndpoints
{
    const string Protobuf = "application/x-protobuf";
    const string Json = "application/json";

    public static void MapOtlpHttp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", (HttpContext http, OtlpIntake intake) => HandleAsync<ExportTraceServiceRequest>(http, intake.Add));
        routes.MapPost("/v1/metrics", (HttpContext http, OtlpIntake intake) => HandleAsync<ExportMetricsServiceRequest>(http, intake.Add));
        routes.MapPost("/v1/logs", (HttpContext http, OtlpIntake intake) => HandleAsync<ExportLogsServiceRequest>(http, intake.Add));
    }

    static async Task HandleAsync<TRequest>(HttpContext http, Func<TRequest, IMessage> add) where TRequest : IMessage<TRequest>, new()
    {
        var services = http.RequestServices;
        var isJson = MediaType(http) == Json;
        if (!isJson && MediaType(http) != Protobuf)
            await AnswerAsync(http, true, StatusCodes.Status415UnsupportedMediaType, Error(3, $"Content-Type must be {Protobuf} or {Json}."));
        else if (!services.GetRequiredService<ApiKey>().Admits(http.Request.Headers[ApiKey.Header]))
            await AnswerAsync(http, isJson, StatusCodes.Status401Unauthorized, Error(16, ApiKey.Refusal));
        else
            await ReadAndAddAsync(http, isJson, services.GetRequiredService<DashboardOptions>().OtlpBodyLimit, add);
    }

    static async Task ReadAndAddAsync<TRequest>(HttpContext http, bool isJson, int limit, Func<TRequest, IMessage> add)
        where TRequest : IMessage<TRequest>, new()
    {
        try
        {
            var body = await OtlpBody.ReadAsync(http.Request, limit, http.RequestAborted);
            var request = new TRequest();
            if (isJson) request = OtlpJsonReader.Read<TRequest>(body.Span);
            else request.MergeFrom(body.Span);
            await AnswerAsync(http, isJson, StatusCodes.Status200OK, add(request));
        }
        catch (BodyTooLargeException)
        {
            await AnswerAsync(http, isJson, StatusCodes.Status413PayloadTooLarge,
                Error(8, $"A request may have {limit} bytes, unpacked; send smaller batches."));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidProtocolBufferException or InvalidDataException or UnknownEncodingException)
        {
            await AnswerAsync(http, isJson, StatusCodes.Status400BadRequest, Error(3, "The body cannot be read: " + wrong.Message));
        }
    }

    static string MediaType(HttpContext http) => (http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    static RpcStatus Error(int code, string message) => new() { Code = code, Message = message };

    static async Task AnswerAsync(HttpContext http, bool isJson, int status, IMessage message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = isJson ? Json : Protobuf;
        await http.Response.Body.WriteAsync(isJson ? OtlpJsonWriter.Write(message) : message.ToByteArray(), http.RequestAborted);
    }
}
