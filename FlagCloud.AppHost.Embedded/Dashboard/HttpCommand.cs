using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using FlagCloud.Dashboard.Resources;

namespace Aspire.Hosting.Dashboard;

/// <summary>A request to a resource that a user can send from the dashboard.</summary>
internal sealed record HttpCommand(string Name, string Text, EndpointReference Endpoint, string Path, HttpCommandOptions Options) : IResourceAnnotation
{
    static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<CommandOutcome> ExecuteAsync(CancellationToken cancel)
    {
        // As Aspire does it: all of the path is path, a question mark too.
        var url = new UriBuilder(Endpoint.Url) { Path = Path }.Uri;
        try
        {
            using var request = new HttpRequestMessage(Options.Method ?? HttpMethod.Post, url);
            using var response = await Client.SendAsync(request, cancel);
            var status = $"{request.Method} {url} answered {(int)response.StatusCode}";
            return response.IsSuccessStatusCode
                ? new(true, response.Headers.Location is { } created ? $"{status}, {created}" : status)
                : CommandOutcome.Failure($"{status}{await DetailAsync(response, cancel)}");
        }
        catch (HttpRequestException e)
        {
            return CommandOutcome.Failure($"{url} does not answer ({e.HttpRequestError}).");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return CommandOutcome.Failure($"{url} did not answer within {Client.Timeout.TotalSeconds:0} s.");
        }
    }

    static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return "";
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancel));
            return problem.RootElement.TryGetProperty("detail", out var detail) || problem.RootElement.TryGetProperty("title", out detail) ? $": {detail}" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
