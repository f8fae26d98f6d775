using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Clusters.Tests.Kubernetes;
using SkyCompat.Contracts;

namespace SkyCompat.Clusters.Tests.Managed.Azure;

/// <summary>Clusters of AKS without Entra ID are opened by a client certificate.</summary>
public sealed class AksCertificateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credential_IsTheCertificate_UntilItsEnd_AndTellsNoKey()
    {
        Assert.SkipWhen(ContractSpecs.UnavailableReason is not null, ContractSpecs.UnavailableReason ?? "");
        await using var harness = new AksHarness();
        await harness.InitializeAsync(Cancel);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=me", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        harness.Emulator.Client = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        var cluster = harness.Clusters.GetCluster(await CreateAsync(harness));

        var access = await cluster.OpenAccessAsync(Cancel);
        var credential = await access.Credentials.GetAsync(Cancel);
        var kubeconfig = await cluster.ExportKubeconfigAsync(Cancel);

        credential.BearerToken.ShouldBeNull();
        credential.ClientCertificate.ShouldBe(certificate.ExportCertificatePem());
        credential.ClientKey.ShouldBe(harness.Emulator.Client.Value.Key);
        credential.ExpiresAt.ShouldBe(new DateTimeOffset(certificate.NotAfter));
        kubeconfig.ShouldContain($"client-certificate-data: \"{Convert.ToBase64String(Encoding.UTF8.GetBytes(credential.ClientCertificate!))}\"");
        foreach (var text in new[] { access.ToString(), credential.ToString() })
        {
            text.ShouldNotContain("PRIVATE KEY");
        }
    }

    [Fact]
    public async Task Workloads_ReachARealApiServer_ByTheCertificateThatAksGives()
    {
        Assert.SkipWhen(ContractSpecs.UnavailableReason is not null, ContractSpecs.UnavailableReason ?? "");
        await K8sServer.First.RequireAsync();
        await using var harness = new AksHarness();
        await harness.InitializeAsync(Cancel);
        var admin = await File.ReadAllTextAsync(K8sServer.First.Kubeconfig, Cancel);
        harness.Emulator.ApiServer = (new Uri($"https://127.0.0.1:{K8sServer.First.Port}"), Decode(admin, "certificate-authority-data"));
        harness.Emulator.Client = (Decode(admin, "client-certificate-data"), Decode(admin, "client-key-data"));
        var name = await CreateAsync(harness);
        await using var host = ClusterHost.Start(
            "Azure", AksHarness.Region, "me", AksHarness.Settings(harness.Emulator.Endpoint), harness.Contracts, AksHarness.Describe(harness.Emulator.Endpoint), builder => builder.AddAzure().AddKubernetes(),
            services => services.AddKeyedSingleton(typeof(TokenCredential), "it", harness.Identity));

        var workloads = host.Clusters.GetCluster(name).GetWorkloads();

        (await workloads.GetRequiredService<INamespaces>().ListAsync(Cancel).AnyAsync(item => item.Name == "kube-system", Cancel)).ShouldBeTrue();
    }

    private static async Task<string> CreateAsync(AksHarness harness) =>
        (await harness.Clusters.CreateAndWaitAsync(new ClusterSpec { IdempotencyKey = harness.NewKey("x"), Pools = [new NodePoolSpec("main") { Need = new MachineNeed { InstanceType = harness.InstanceType } }] }, Cancel)).Name;

    private static string Decode(string kubeconfig, string field) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Match(kubeconfig, field + ": ([A-Za-z0-9+/=]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value));
}
