namespace Aspire.Hosting.ApplicationModel;

/// <summary>A fact about a resource: an endpoint, something to wait for, a health check, a part of its environment.</summary>
public interface IResourceAnnotation;
