using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Cluster;

namespace FlagCloud.Tests.Deploy;

/// <summary>
/// The app that deploy/azure/infra compiles to, container by container as Azure would start them: silo and web on one network, storage over TLS that lets in whoever has a token, and
/// the token endpoint of Container Apps.
/// </summary>
public sealed class AzureDeploymentTests(ContainerImages images)
{
    // As long as Azure's, whose client looks for a second region beside them. Azurite fails batches of names that carry the account, so that it stands in the path, too.
    const string Blobs = "devstoreaccount1.blob.storage.test", Tables = "devstoreaccount1.table.storage.test";

    static readonly string Id = $"flagcloud-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    [Fact]
    public async Task Silo_and_web_of_the_template_compare_with_the_rights_of_their_identity_and_no_key()
    {
        var resources = await Bicep.Predict(Bicep.File("infra", "main.bicepparam"));
        await images.Built;
        try
        {
            await Podman.Run("network", "create", Id);
            await Storage();
            await using var identity = await ManagedIdentity.Start(await Podman.Run("network", "inspect", "--format", "{{(index .Subnets 0).Gateway}}", Id));
            // The ingress of Container Apps brings port 80 of an app's name to its target port.
            await Start(Origin(resources), $"--network={Id}:alias=origin", "--sysctl=net.ipv4.ip_unprivileged_port_start=80", "--env=ASPNETCORE_HTTP_PORTS=80");
            await Podman.Run("pod", "create", "--name", $"{Id}-pod", "--network", $"{Id}:alias=web");
            foreach (var container in Containers(resources, "flagcloud"))
                await Start(container, [$"--pod={Id}-pod", $"--volume={Certificates}:/certificates:ro", "--env=SSL_CERT_FILE=/certificates/cert.pem", .. identity.Environment.Select(pair => $"--env={pair.Key}={pair.Value}")]);

            var app = await Podman.Run("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", await Podman.Run("pod", "inspect", "--format", "{{.InfraContainerID}}", $"{Id}-pod"));
            await Podman.Ready(() => Task.FromResult($"http://{app}:8081"), "/health", $"{Id}-silo");
            await Podman.Ready(() => Task.FromResult($"http://{app}:8080"), "/health", $"{Id}-web");
            var web = new Uri($"http://{app}:8080");
            using var api = new HttpClient { BaseAddress = web, DefaultRequestHeaders = { Authorization = new("Bearer", Manifest.ApiKey) } };
            using var started = await api.PostAsJsonAsync("/api/comparisons", new { strategies = new[] { "async", "sequential" }, countries = "top20", profile = "local", warmup = false, rounds = 1 }, FlagCloudJson.Options);
            Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
            var id = (await started.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!.Id;
            var comparison = await new ComparisonPoll(web).Until(id, "its end", candidate => candidate.Ended);
            Assert.Equal(ComparisonStatus.Completed, comparison.Status);
            Assert.All(comparison.Runs, run => Assert.Equal((20, 20), (run.Requested, run.Ok)));
            Assert.InRange(identity.Granted, 2, 20); // A token a client, kept for as long as it lasts.
        }
        finally
        {
            await Podman.Run("pod", "rm", "--force", "--ignore", $"{Id}-pod");
            await Podman.Run("rm", "--force", "--ignore", "--volumes", $"{Id}-azurite", $"{Id}-origin");
            await Podman.Run("network", "rm", "--force", Id);
        }
    }

    static string Certificates => Path.Combine(Podman.Folder, Id);

    static async Task Storage()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=flagcloud test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Blobs);
        names.AddDnsName(Tables);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Directory.CreateDirectory(Certificates);
        await File.WriteAllTextAsync(Path.Combine(Certificates, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(Certificates, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await Podman.Run(
            "run", "--detach", "--name", $"{Id}-azurite", "--network", $"{Id}:alias={Blobs},alias={Tables}", "--volume", $"{Certificates}:/certificates:ro", $"{ContainerImages.Prefix}/azurite:3.37.0",
            "--disableProductStyleUrl", "--oauth", "basic", "--cert", "/certificates/cert.pem", "--key", "/certificates/key.pem");
    }

    static IEnumerable<JsonElement> Containers(IReadOnlyList<JsonElement> resources, string app) =>
        resources.Single(resource => resource.GetProperty("type").GetString() is "Microsoft.App/containerApps" && resource.GetProperty("name").GetString() == app)
            .GetProperty("properties").GetProperty("template").GetProperty("containers").EnumerateArray();

    static JsonElement Origin(IReadOnlyList<JsonElement> resources) => Assert.Single(Containers(resources, "origin"));

    static Task Start(JsonElement container, params string[] options)
    {
        var name = container.GetProperty("name").GetString()!;
        var environment = container.GetProperty("env").EnumerateArray().ToDictionary(variable => variable.GetProperty("name").GetString()!, Value).Select(pair => $"--env={pair.Key}={pair.Value}");
        return Podman.Run(["run", "--detach", "--name", $"{Id}-{name}", "--cap-drop=ALL", .. environment, .. options, $"{ContainerImages.Prefix}/{name}:{ContainerImages.Version}"]);
    }

    // What only Azure knows is an expression in the template.
    static string Value(JsonElement variable) => variable.TryGetProperty("secretRef", out _) ? Manifest.ApiKey : variable.GetProperty("value").GetString()! switch
    {
        ['[', ..] text when text.EndsWith(").clientId]", StringComparison.Ordinal) => ManagedIdentity.ClientId,
        ['[', ..] text when text.EndsWith(".primaryEndpoints.blob]", StringComparison.Ordinal) => $"https://{Blobs}:10000/devstoreaccount1",
        ['[', ..] text when text.EndsWith(".primaryEndpoints.table]", StringComparison.Ordinal) => $"https://{Tables}:10002/devstoreaccount1",
        ['[', ..] text => throw new InvalidDataException($"{variable.GetProperty("name")} is an expression that this test does not know: {text}"),
        var text => text,
    };
}
