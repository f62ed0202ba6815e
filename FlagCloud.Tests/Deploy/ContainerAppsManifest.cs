using System.Text.Json;

namespace FlagCloud.Tests.Deploy;

/// <summary>deploy/azure/container-apps as the compiler works it out.</summary>
static class ContainerAppsManifest
{
    public static async Task<IReadOnlyList<JsonElement>> Resources() => await Bicep.Predict(Bicep.File("container-apps", "main.bicepparam"));

    public static JsonElement App(IReadOnlyList<JsonElement> resources, string name) => resources.Single(resource =>
        resource.GetProperty("type").GetString() is "Microsoft.App/containerApps" && resource.GetProperty("name").GetString() == name).GetProperty("properties");

    public static async Task<Manifest> Read()
    {
        var resources = await Resources();
        return new([Service("silo-1"), Service("silo-2")], Service("origin"));
        ManifestService Service(string name) => new(
            name, App(resources, name).GetProperty("template").GetProperty("containers")[0].GetProperty("env").EnumerateArray().ToDictionary(variable => variable.GetProperty("name").GetString()!, Value));
    }

    static string Value(JsonElement variable)
    {
        if (variable.TryGetProperty("secretRef", out var secret))
            return secret.GetString() switch
            {
                "api-key" => Manifest.ApiKey,
                "redis" => "redis:6379",
                var other => throw new InvalidDataException($"The secret {other} is not known to this test."),
            };
        var value = variable.GetProperty("value").GetString()!;
        return value switch
        {
            ['[', ..] when value.EndsWith(").clientId]", StringComparison.Ordinal) => ManagedIdentity.ClientId,
            ['[', ..] when value.EndsWith(").staticIp]", StringComparison.Ordinal) => "127.0.0.1",
            ['[', ..] when value.EndsWith(".outputs.blobEndpoint.value]", StringComparison.Ordinal) => "https://storage/devstoreaccount1",
            ['[', ..] => throw new InvalidDataException($"{variable.GetProperty("name")} is an expression that this test does not know: {value}"),
            _ => value,
        };
    }
}
