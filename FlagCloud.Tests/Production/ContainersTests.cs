using Azure.Storage.Blobs;
using FlagCloud.Silo.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Production;

/// <summary>A storage account where the silo's identity has its role on the containers only.</summary>
public sealed class ContainersTests
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_that_are_there_need_not_be_created()
    {
        await using var storage = await Storage(StatusCodes.Status200OK);
        await Setup(storage).StartAsync(Cancelled);
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status403Forbidden)]
    public async Task A_container_that_cannot_be_used_fails_the_start_and_says_what_to_do(int seen)
    {
        await using var storage = await Storage(seen);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Setup(storage).StartAsync(Cancelled));
        Assert.Contains("Storage Blob Data Contributor", e.Message);
        Assert.Contains("AuthorizationPermissionMismatch", e.Message);
    }

    [Fact]
    public async Task A_key_that_is_wrong_is_said_to_be_wrong_and_nothing_of_roles()
    {
        await using var storage = await Storage(StatusCodes.Status403Forbidden, "AuthenticationFailed");
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Setup(storage).StartAsync(Cancelled));
        Assert.StartsWith("Storage does not accept the key or signature of ConnectionStrings__blobs (AuthenticationFailed)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("role", e.Message, StringComparison.Ordinal);
    }

    static Containers Setup(WebApplication storage) =>
        new(new BlobServiceClient($"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;BlobEndpoint={storage.Urls.Single()}/account;"));

    // Put container is refused; Get Container Properties is answered with the given status.
    static async Task<WebApplication> Storage(int seen, string refusal = "AuthorizationPermissionMismatch")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            var refused = HttpMethods.IsPut(context.Request.Method);
            context.Response.StatusCode = refused ? 403 : seen;
            if (context.Response.StatusCode is not 200)
                context.Response.Headers["x-ms-error-code"] = context.Response.StatusCode is 404 ? "ContainerNotFound" : refusal;
            if (context.Response.StatusCode is 200) (context.Response.Headers.ETag, context.Response.Headers.LastModified) = ("\"1\"", "Thu, 01 Jan 2026 00:00:00 GMT");
            return Task.CompletedTask;
        });
        await app.StartAsync(Cancelled);
        return app;
    }
}
