namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only once ports are assigned.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
