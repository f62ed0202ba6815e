using System.Text.Json;
using FlagCloud.Contracts;
using Microsoft.AspNetCore.Http;

namespace FlagCloud.Tests.Cli;

/// <summary>One connection to the stand-in's event stream.</summary>
sealed class EventWriter(HttpContext context)
{
    public CancellationToken Gone => context.RequestAborted;

    public Task SendAsync<T>(string name, T data) => SendTextAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, FlagCloudJson.Options)}\n\n");

    public async Task SendTextAsync(string text)
    {
        await context.Response.WriteAsync(text, Gone);
        await context.Response.Body.FlushAsync(Gone);
    }

    /// <summary>Cuts the connection, without the end that HTTP has.</summary>
    public void Break() => context.Abort();
}
