namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a part of a resource's environment is added to; values are strings or <see cref="IValueProvider"/>s.</summary>
public sealed class EnvironmentCallbackContext(IResource resource, string instanceId)
{
    public IResource Resource { get; } = resource;

    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    /// <summary>Names this start of the process in telemetry (service.instance.id).</summary>
    internal string InstanceId { get; } = instanceId;
}
