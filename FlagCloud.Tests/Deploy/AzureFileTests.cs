using System.Text.Json;

namespace FlagCloud.Tests.Deploy;

public sealed class AzureFileTests
{
    [Theory]
    [InlineData("registry.bicep")]
    [InlineData("modules/storage.bicep")]
    [InlineData("modules/redis.bicep")]
    [InlineData("container-apps/main.bicep")]
    [InlineData("aks/main.bicep")]
    public async Task It_compiles_against_the_types_of_Azures_resources_without_a_warning(string file) => Assert.Equal("", await Bicep.Build(Bicep.File(file.Split('/'))));

    [Fact]
    public async Task A_property_that_Azure_does_not_know_is_noticed()
    {
        var folder = Directory.CreateTempSubdirectory("flagcloud-bicep-").FullName;
        try
        {
            var copy = Path.Combine(folder, "registry.bicep");
            File.WriteAllText(copy, File.ReadAllText(Bicep.File("registry.bicep")).Replace("adminUserEnabled", "adminUserEnable", StringComparison.Ordinal));
            Assert.Contains("\"adminUserEnable\" is not allowed", await Bicep.Build(copy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Each_silo_is_an_app_of_its_own_with_one_replica_and_a_pair_of_ports_of_its_own()
    {
        var resources = await ContainerAppsManifest.Resources();
        var silos = new[] { "silo-1", "silo-2", "silo-3" }.Select(name => ContainerAppsManifest.App(resources, name)).ToList();
        var ports = new HashSet<int>();
        Assert.All(silos, silo =>
        {
            var scale = silo.GetProperty("template").GetProperty("scale");
            Assert.Equal((1, 1), (scale.GetProperty("minReplicas").GetInt32(), scale.GetProperty("maxReplicas").GetInt32()));
            var environment = silo.GetProperty("template").GetProperty("containers")[0].GetProperty("env").EnumerateArray()
                .ToDictionary(variable => variable.GetProperty("name").GetString()!, variable => variable.TryGetProperty("value", out var value) ? value.GetString() : null);
            var mapped = silo.GetProperty("configuration").GetProperty("ingress").GetProperty("additionalPortMappings").EnumerateArray().ToList();
            Assert.All(mapped, mapping => Assert.True(mapping.GetProperty("external").GetBoolean() && ports.Add(mapping.GetProperty("exposedPort").GetInt32())));
            // What it advertises, what it listens on and what the ingress maps are the same number.
            Assert.Equal([environment["Orleans__Endpoints__SiloPort"], environment["Orleans__Endpoints__GatewayPort"]], mapped.Select(mapping => $"{mapping.GetProperty("exposedPort")}"));
            Assert.All(mapped, mapping => Assert.Equal(mapping.GetProperty("exposedPort").GetInt32(), mapping.GetProperty("targetPort").GetInt32()));
        });
        Assert.Equal(6, ports.Count);
    }

    [Fact]
    public async Task The_environment_has_no_public_address()
    {
        var environment = Of(await ContainerAppsManifest.Resources(), "Microsoft.App/managedEnvironments").Single();
        Assert.True(environment.GetProperty("properties").GetProperty("vnetConfiguration").GetProperty("internal").GetBoolean());
    }

    [Theory]
    [InlineData("container-apps")]
    [InlineData("aks")]
    public async Task The_silos_identity_has_a_role_on_each_container_and_on_nothing_wider(string variant)
    {
        var resources = await Bicep.Predict(Bicep.File(variant, "main.bicepparam"));
        var contributor = Of(resources, "Microsoft.Authorization/roleAssignments").Where(role => role.GetRawText().Contains("ba92f5b4-2d11-453d-a403-e96b0029c9fe", StringComparison.Ordinal)).ToList();
        Assert.Equal(FlagCloud.Silo.Health.Containers.Names.Order(StringComparer.Ordinal), contributor.Select(role => role.GetProperty("id").GetString()!.Split("/blobServices/default/containers/")[1].Split('\'')[0]).Order(StringComparer.Ordinal));
        var account = Of(resources, "Microsoft.Storage/storageAccounts").Single().GetProperty("properties");
        Assert.Equal((false, false), (account.GetProperty("allowSharedKeyAccess").GetBoolean(), account.GetProperty("allowBlobPublicAccess").GetBoolean()));
    }

    [Fact]
    public async Task Secrets_are_secrets_wherever_they_appear()
    {
        var template = await File.ReadAllTextAsync(Bicep.File("container-apps", "main.bicep"), TestContext.Current.CancellationToken);
        Assert.Contains("@secure()\n@minLength(16)\nparam apiKey string", template.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var resources = await ContainerAppsManifest.Resources();
        var named = resources.SelectMany(resource => Values(resource)).Where(value => value.Text is "api-key").Select(value => value.Path.Split('.')[^1]).ToHashSet();
        Assert.Equal(["name", "secretRef"], named.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(resources.SelectMany(resource => Values(resource)), value => value.Text.Contains("listKeys", StringComparison.Ordinal) && !value.Path.Contains("ecrets.", StringComparison.Ordinal) && !value.Path.EndsWith("sharedKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_AKS_only_the_silos_service_account_may_act_as_the_identity()
    {
        var resources = await Bicep.Predict(Bicep.File("aks", "main.bicepparam"));
        var federation = Of(resources, "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials").Single().GetProperty("properties");
        Assert.Equal("system:serviceaccount:flagcloud:silo", federation.GetProperty("subject").GetString());
    }

    static IEnumerable<JsonElement> Of(IReadOnlyList<JsonElement> resources, string type) => resources.Where(resource => resource.GetProperty("type").GetString() == type);

    static IEnumerable<(string Path, string Text)> Values(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Values(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Values(item, $"{path}.{index}")),
        JsonValueKind.String => [(path, element.GetString()!)],
        _ => [],
    };
}
