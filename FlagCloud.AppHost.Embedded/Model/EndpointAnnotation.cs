namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointAnnotation(string name, string uriScheme) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string UriScheme { get; } = uriScheme;

    /// <summary>The port asked for; null or 0: any free one.</summary>
    public int? Port { get; set; }

    /// <summary>Always the public port: there is no proxy in between.</summary>
    public int? TargetPort { get; set; }

    public bool IsExternal { get; set; }

    /// <summary>Kept for the model's sake; the process listens on the port itself either way.</summary>
    public bool? IsExplicitlyProxied { get; set; }

    public string TargetHost { get; set; } = "localhost";

    internal string? TargetPortEnvironmentVariable { get; set; }

    internal int? AllocatedPort { get; set; }

    /// <summary>The same endpoint of another replica; its port is its own.</summary>
    internal EndpointAnnotation Copy() => new(Name, UriScheme)
    {
        IsExternal = IsExternal,
        IsExplicitlyProxied = IsExplicitlyProxied,
        TargetHost = TargetHost,
        TargetPortEnvironmentVariable = TargetPortEnvironmentVariable,
    };
}
