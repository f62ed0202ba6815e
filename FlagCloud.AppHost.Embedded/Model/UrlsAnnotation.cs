namespace Aspire.Hosting.ApplicationModel;

internal sealed record UrlsAnnotation(Action<List<ResourceUrlAnnotation>> Callback) : IResourceAnnotation;
