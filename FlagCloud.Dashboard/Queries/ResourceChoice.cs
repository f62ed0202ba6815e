using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>Whose telemetry: everyone's (empty), that of all replicas under a name, or of one replica as name/instance.</summary>
public static class ResourceChoice
{
    public static bool Admits(string? choice, TelemetryResource resource)
    {
        if (string.IsNullOrEmpty(choice) || choice == resource.Name) return true;
        return choice.Length == resource.Name.Length + 1 + resource.Instance.Length
            && choice.StartsWith(resource.Name, StringComparison.Ordinal)
            && choice[resource.Name.Length] == '/'
            && choice.EndsWith(resource.Instance, StringComparison.Ordinal);
    }

    /// <summary>The choices that there are: each name, and below a name with several replicas each of them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Of(IReadOnlyList<TelemetryResource> resources)
    {
        var choices = new List<(string, string)>();
        foreach (var replicas in resources.GroupBy(resource => resource.Name))
        {
            var instances = replicas.Select(replica => replica.Instance).Where(instance => instance.Length > 0).Distinct().ToList();
            choices.Add((replicas.Key, instances.Count > 1 ? $"{replicas.Key} (all {instances.Count})" : replicas.Key));
            if (instances.Count > 1)
                choices.AddRange(instances.Select(instance => ($"{replicas.Key}/{instance}", $"  {replicas.Key}-{instance[..Math.Min(8, instance.Length)]}")));
        }
        return choices;
    }
}
