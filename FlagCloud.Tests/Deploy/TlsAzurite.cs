using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>Azurite over TLS, letting in whoever has a token, as a storage account does.</summary>
sealed class TlsAzurite : IAsyncDisposable
{
    readonly Daemon daemon;
    readonly string folder;

    TlsAzurite(Daemon daemon, string folder, int port) => (this.daemon, this.folder, Authority) = (daemon, folder, $"127.0.0.1:{port}");

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>What makes OpenSSL trust its certificate.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SSL_CERT_FILE"] = Path.Combine(folder, "cert.pem") };

    public static async Task<TlsAzurite> Start()
    {
        Daemon.SkipWhereItCannotRun();
        if (!OperatingSystem.IsLinux()) Assert.Skip("The certificate is trusted by way of OpenSSL's SSL_CERT_FILE, which .NET reads on Linux only.");
        var folder = Directory.CreateTempSubdirectory("flagcloud-tls-").FullName;
        WriteCertificate(folder);
        var port = FreePort.Next();
        var daemon = Daemon.Start(
            "node",
            [
                Repository.PathTo("azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js"), "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
                "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--oauth", "basic", "--cert", Path.Combine(folder, "cert.pem"), "--key", Path.Combine(folder, "key.pem"),
            ],
            folder, new Dictionary<string, string>());
        var azurite = new TlsAzurite(daemon, folder, port);
        await daemon.Until("Azurite listens", async () =>
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return azurite;
    }

    public async ValueTask DisposeAsync()
    {
        await daemon.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=flagcloud test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
