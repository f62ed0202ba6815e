using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Hosting;

/// <summary>What becomes of a request on its way to storage.</summary>
/// <param name="forward">Passes it on, and the answer back.</param>
public delegate Task StorageFault(HttpContext http, Func<Task> forward);

/// <summary>Stands between one process and its blob storage: counts what is asked for, and does harm to it.</summary>
public sealed class StorageProxy : IAsyncDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None, AllowAutoRedirect = false });
    readonly WebApplication app;
    readonly Uri storage;
    int requests;

    StorageProxy(WebApplication app, Uri storage) => (this.app, this.storage) = (app, storage);

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Null passes everything on.</summary>
    public StorageFault? Fault { get; set; }

    public string ConnectionString { get; private set; } = "";

    /// <summary>Takes requests and answers none until this is no longer its fault.</summary>
    public async Task Silence(HttpContext http, Func<Task> forward)
    {
        for (var silence = Fault; Fault == silence && !http.RequestAborted.IsCancellationRequested;) await Task.Delay(50, CancellationToken.None);
        if (!http.RequestAborted.IsCancellationRequested) await forward();
    }

    public static async Task<StorageProxy> StartAsync(string connectionString)
    {
        var blobs = connectionString.Split(';').Single(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..];
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var address = new Uri(blobs);
        var proxy = new StorageProxy(builder.Build(), address);
        proxy.app.Run(proxy.Forward);
        await proxy.app.StartAsync();
        proxy.ConnectionString = connectionString.Replace(address.GetLeftPart(UriPartial.Authority), proxy.app.Urls.Single(), StringComparison.Ordinal);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    async Task Forward(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        await (Fault is { } fault ? fault(context, () => Pass(context)) : Pass(context));
    }

    async Task Pass(HttpContext context)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(storage, context.Request.Path.ToUriComponent() + context.Request.QueryString));
        if (HttpMethods.IsPut(context.Request.Method)) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, value) in context.Request.Headers)
            if (name is not "Host" && !request.Headers.TryAddWithoutValidation(name, [.. value])) request.Content?.Headers.TryAddWithoutValidation(name, [.. value]);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, value) in response.Headers.Concat(response.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")) context.Response.Headers[name] = value.ToArray();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
