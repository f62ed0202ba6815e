namespace Aspire.Hosting.ApplicationModel;

/// <summary>The links of a resource: one for each HTTP endpoint, then what <c>WithUrlForEndpoint</c> made of them.</summary>
internal static class ResourceUrls
{
    public static IReadOnlyList<ResourceUrlAnnotation> UrlsOf(IResource resource)
    {
        if (resource is not IResourceWithEndpoints owner)
            return [];
        var urls = owner.Endpoints().Where(e => e.Scheme is "http" or "https")
            .Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }).ToList();
        foreach (var annotation in resource.Annotations.OfType<UrlsAnnotation>())
            annotation.Callback(urls);
        foreach (var url in urls)
            if (url.Endpoint is { } endpoint && url.Url.StartsWith('/'))
                url.Url = endpoint.Url + url.Url;
        return urls;
    }
}
