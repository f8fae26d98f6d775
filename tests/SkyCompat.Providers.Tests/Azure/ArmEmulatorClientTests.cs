using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>Microsoft's own client drives the emulator of Azure Resource Manager: what it takes for an answer of the service is one. It sends tokens over HTTPS only.</summary>
public sealed class ArmEmulatorClientTests(ITestOutputHelper output)
{
    private const int Steps = 14;

    /// <summary>tests/servers/clients/arm/drive.mjs, every step of which must be ok. In CI a machine without Node or npm is a failure.</summary>
    [Fact]
    public async Task JavaScriptClient_EveryStep_Succeeds()
    {
        using var certificate = MakeCertificate();
        var folder = Directory.CreateTempSubdirectory("skycompat-arm-");
        try
        {
            var trusted = Path.Combine(folder.FullName, "server.pem");
            await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await using var emulator = await ArmEmulator.StartAsync(new ArmEmulatorOptions { Token = "node", Certificate = certificate });
            emulator.Endpoint.Scheme.ShouldBe(Uri.UriSchemeHttps);
            var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ARM_TOKEN"] = "node", ["NODE_EXTRA_CA_CERTS"] = trusted };

            var run = await NodeClient.DriveAsync("arm", [emulator.Endpoint.ToString()], variables, output);

            run.ExitCode.ShouldBe(0, run.Output);
            run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(Steps);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A certificate for this machine that nobody else trusts, made anew for each run.</summary>
    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=SkyCompat test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }
}
