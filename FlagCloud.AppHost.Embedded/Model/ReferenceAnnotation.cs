namespace Aspire.Hosting.ApplicationModel;

/// <summary>What <c>WithReference</c> pointed at: shown to users, and part of the order in which resources stop.</summary>
internal sealed record ReferenceAnnotation(IResource Target) : IResourceAnnotation;
