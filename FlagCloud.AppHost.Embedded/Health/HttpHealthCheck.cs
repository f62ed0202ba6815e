using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Health;

internal sealed class HttpHealthCheck(EndpointReference endpoint, string path, int statusCode) : HealthCheck
{
    static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public override HealthCheck For(IResourceWithEndpoints replica) => new HttpHealthCheck(new(replica, endpoint.EndpointName), path, statusCode);

    public override async Task<string?> CheckAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var url = $"{endpoint.Url}{path}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await Client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return (int)response.StatusCode == statusCode ? null : $"{url} answers {(int)response.StatusCode} instead of {statusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{url} does not answer ({e.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{url} does not answer within {timeout.TotalSeconds:0.#} s";
        }
    }
}
