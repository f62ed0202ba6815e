using System.Text.Json;

namespace FlagCloud.Tests.Deploy;

public sealed class AzureFileTests
{
    const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe", BlobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";

    [Theory]
    [InlineData("infra", "registry.bicep")]
    [InlineData("infra", "main.bicep")]
    [InlineData("silos", "main.bicep")]
    [InlineData("aks", "main.bicep")]
    public async Task It_compiles_against_the_types_of_Azures_resources_without_a_warning(string variant, string file) => Assert.Equal("", await Bicep.Build(Bicep.File(variant, file)));

    [Fact]
    public async Task A_property_that_Azure_does_not_know_is_noticed()
    {
        var folder = Directory.CreateTempSubdirectory("flagcloud-bicep-").FullName;
        try
        {
            var copy = Path.Combine(folder, "registry.bicep");
            File.WriteAllText(copy, File.ReadAllText(Bicep.File("infra", "registry.bicep")).Replace("adminUserEnabled", "adminUserEnable", StringComparison.Ordinal));
            Assert.Contains("\"adminUserEnable\" is not allowed", await Bicep.Build(copy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("infra", BlobDataContributor, TableDataContributor)]
    [InlineData("silos", BlobDataContributor, TableDataContributor, BlobDataReader, TableDataContributor)]
    [InlineData("aks", BlobDataContributor, TableDataContributor, BlobDataReader, TableDataContributor)]
    public async Task Identities_have_the_roles_of_their_work_on_an_account_without_keys(string variant, params string[] expected)
    {
        var resources = await Bicep.Predict(Bicep.File(variant, "main.bicepparam"));
        var granted = Of(resources, "Microsoft.Authorization/roleAssignments").Select(role => role.GetRawText()).Where(role => role.Contains("Microsoft.Storage/storageAccounts/", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), granted.Select(role => expected.First(id => role.Contains(id, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        var account = Of(resources, "Microsoft.Storage/storageAccounts").Single().GetProperty("properties");
        Assert.Equal((false, false), (account.GetProperty("allowSharedKeyAccess").GetBoolean(), account.GetProperty("allowBlobPublicAccess").GetBoolean()));
        Assert.DoesNotContain(resources, resource => resource.GetRawText().Contains("listKeys", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("infra", "flagcloud")]
    [InlineData("silos", "web")]
    public async Task The_API_key_is_a_secret_that_only_web_is_given(string variant, string app)
    {
        var key = Assert.Single(Values(App(await Bicep.Predict(Bicep.File(variant, "main.bicepparam")), app)), value => value.Text is "[parameters('apiKey')]");
        Assert.EndsWith(".configuration.secrets.0.value", key.Path, StringComparison.Ordinal);
        var environments = (await Bicep.Predict(Bicep.File(variant, "main.bicepparam"))).Where(resource => resource.GetProperty("type").GetString() is "Microsoft.App/containerApps")
            .SelectMany(resource => resource.GetProperty("properties").GetProperty("template").GetProperty("containers").EnumerateArray());
        Assert.Equal(["web"], environments.Where(container => Values(container).Any(value => value.Text is "api-key")).Select(container => container.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_short_way_has_one_public_port_which_is_webs()
    {
        var resources = await Bicep.Predict(Bicep.File("infra", "main.bicepparam"));
        var ingress = App(resources, "flagcloud").GetProperty("configuration").GetProperty("ingress");
        Assert.Equal((true, 8080, false), (ingress.GetProperty("external").GetBoolean(), ingress.GetProperty("targetPort").GetInt32(), ingress.TryGetProperty("additionalPortMappings", out _)));
        Assert.False(ingress.TryGetProperty("allowInsecure", out _));
        Assert.False(App(resources, "origin").GetProperty("configuration").GetProperty("ingress").GetProperty("external").GetBoolean());
    }

    [Fact]
    public async Task Each_of_several_silos_is_an_app_of_its_own_with_one_replica_and_a_pair_of_ports_on_a_private_address()
    {
        var resources = await Bicep.Predict(Bicep.File("silos", "main.bicepparam"));
        Assert.True(Of(resources, "Microsoft.App/managedEnvironments").Single().GetProperty("properties").GetProperty("vnetConfiguration").GetProperty("internal").GetBoolean());
        var ports = new HashSet<int>();
        Assert.All(new[] { "silo-1", "silo-2", "silo-3" }.Select(name => App(resources, name)), silo =>
        {
            var scale = silo.GetProperty("template").GetProperty("scale");
            Assert.Equal((1, 1), (scale.GetProperty("minReplicas").GetInt32(), scale.GetProperty("maxReplicas").GetInt32()));
            var environment = silo.GetProperty("template").GetProperty("containers")[0].GetProperty("env").EnumerateArray()
                .ToDictionary(variable => variable.GetProperty("name").GetString()!, variable => variable.GetProperty("value").GetString());
            var ingress = silo.GetProperty("configuration").GetProperty("ingress");
            JsonElement[] mapped = [ingress, ingress.GetProperty("additionalPortMappings")[0]];
            // What it advertises, what it listens on and what the ingress maps are the same number.
            Assert.Equal([environment["Orleans__Endpoints__SiloPort"], environment["Orleans__Endpoints__GatewayPort"]], mapped.Select(mapping => $"{mapping.GetProperty("exposedPort")}"));
            Assert.All(mapped, mapping => Assert.True(mapping.GetProperty("exposedPort").GetInt32() == mapping.GetProperty("targetPort").GetInt32() && ports.Add(mapping.GetProperty("exposedPort").GetInt32())));
        });
    }

    [Fact]
    public async Task In_AKS_only_the_service_accounts_of_silo_and_web_may_act_as_their_identities()
    {
        var federations = Of(await Bicep.Predict(Bicep.File("aks", "main.bicepparam")), "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials");
        Assert.Equal(
            ["flagcloud-silo/silo system:serviceaccount:flagcloud:silo", "flagcloud-web/web system:serviceaccount:flagcloud:web"],
            federations.Select(federation => $"{federation.GetProperty("name")} {federation.GetProperty("properties").GetProperty("subject")}").Order(StringComparer.Ordinal));
    }

    static JsonElement App(IReadOnlyList<JsonElement> resources, string name) => Of(resources, "Microsoft.App/containerApps").Single(app => app.GetProperty("name").GetString() == name).GetProperty("properties");

    static IEnumerable<JsonElement> Of(IReadOnlyList<JsonElement> resources, string type) => resources.Where(resource => resource.GetProperty("type").GetString() == type);

    static IEnumerable<(string Path, string Text)> Values(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Values(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Values(item, $"{path}.{index}")),
        JsonValueKind.String => [(path, element.GetString()!)],
        _ => [],
    };
}
