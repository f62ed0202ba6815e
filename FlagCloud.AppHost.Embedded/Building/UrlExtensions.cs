using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class UrlExtensions
{
    /// <summary>Changes the link of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.With(new UrlsAnnotation(urls =>
        {
            if (urls.Find(u => u.Endpoint?.EndpointName == endpointName) is { } url)
                callback(url);
        }));

    /// <summary>Adds a link to an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints => builder.With(new UrlsAnnotation(urls =>
        {
            var endpoint = builder.GetEndpoint(endpointName);
            var url = callback(endpoint);
            urls.Add(new() { Url = url.Url, DisplayText = url.DisplayText, DisplayLocation = url.DisplayLocation, Endpoint = endpoint });
        }));
}
