using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T> where T : IResource;
