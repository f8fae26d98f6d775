using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The way in: kubeconfigs, authorities, credentials that are refused and renewed.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-kube-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Token_Refused_IsRenewedOnceFromItsFile()
    {
        await using var server = new FakeApiServer(request => request.Headers["Authorization"] == "Bearer second" ? (200, """{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":[]}""") : (401, FakeApiServer.Status(401, "Unauthorized", "Unauthorized")));
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "first\n", Token);
        var kubeconfig = server.WriteKubeconfig(_folder);
        await File.WriteAllTextAsync(kubeconfig, (await File.ReadAllTextAsync(kubeconfig, Token)).Replace("token: \"first\"", "tokenFile: token"), Token);
        await using var services = TestCluster.Build(kubeconfig);
        var workloads = services.GetRequiredService<ISky>().GetCluster("test").GetWorkloads();

        var expired = await Should.ThrowAsync<CloudException>(async () => await workloads.ListPodsAsync(cancellationToken: Token).ToListAsync(Token));
        var sentBefore = server.Requests.Count;
        await File.WriteAllTextAsync(file, "second\n", Token);
        var pods = await workloads.ListPodsAsync(cancellationToken: Token).ToListAsync(Token);

        expired.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        expired.Scope.ShouldBe(ErrorScope.Cloud);
        expired.Message.ShouldNotContain("first");
        sentBefore.ShouldBe(2);
        pods.ShouldBeEmpty();
        workloads.Name.ShouldBe("shop");
    }

    [Fact]
    public async Task Token_OfAServiceAccountThatIsDeleted_IsUnauthenticated()
    {
        await using var cluster = await TestCluster.OpenAsync();
        var core = cluster.Native.CoreV1;
        await core.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "robot" } }, cluster.Namespace, cancellationToken: Token);
        var issued = await core.CreateNamespacedServiceAccountTokenAsync(new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = ["https://kubernetes.default.svc"] } }, "robot", cluster.Namespace, cancellationToken: Token);
        var kubeconfig = K8sServer.First.CopyKubeconfig(_folder, text => System.Text.RegularExpressions.Regex.Replace(text, "user: \\{client-certificate-data.*\\}\\}\\]", $"user: {{token: {issued.Status.Token}}}}}]", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
        await using var services = TestCluster.Build(kubeconfig, cluster.Namespace);
        var workloads = services.GetRequiredService<ISky>().GetCluster("test").GetWorkloads();

        var denied = await Should.ThrowAsync<CloudException>(() => workloads.TryGetAsync("app", Token));
        await core.DeleteNamespacedServiceAccountAsync("robot", cluster.Namespace, cancellationToken: Token);
        CloudException revoked;
        do
        {
            // The API server remembers a token that was good for some seconds.
            revoked = await Should.ThrowAsync<CloudException>(() => workloads.TryGetAsync("app", Token));
        }
        while (revoked.Code == CloudErrorCode.PermissionDenied);

        denied.Code.ShouldBe(CloudErrorCode.PermissionDenied);
        revoked.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        revoked.Message.ShouldNotContain(issued.Status.Token);
    }

    [Fact]
    public async Task WrongAuthority_IsToldFromAServerThatIsDown()
    {
        await K8sServer.First.RequireAsync();
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=other", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var other = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var data = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(other.ExportCertificatePem()));
        var kubeconfig = K8sServer.First.CopyKubeconfig(_folder, text => System.Text.RegularExpressions.Regex.Replace(text, "certificate-authority-data: [^}]*", "certificate-authority-data: " + data, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
        await using var services = TestCluster.Build(kubeconfig);

        var failure = await Should.ThrowAsync<CloudException>(() => services.GetRequiredService<ISky>().GetCluster("test").GetWorkloads().TryGetAsync("app", Token));

        failure.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        failure.Reason.ShouldBe(WorkloadErrorReasons.UntrustedServer);
        failure.Message.ShouldContain("certificate authority");
    }

    [Theory]
    [InlineData("users: [{name: me, user: {exec: {command: aws-iam-authenticator}}}]", "Kubeconfig: context 'fake' of", "aws-iam-authenticator")]
    [InlineData("users: [{name: you, user: {}}]", "Kubeconfig: '", "has no user 'me'")]
    [InlineData("users: [{name: me, user: {username: a, password: hunter2}}]", "Kubeconfig: context 'fake'", "gave up in 1.19")]
    [InlineData("users: [{name: me, user: {client-certificate-data: aGk=}}]", "Kubeconfig: context 'fake'", "without its key")]
    [InlineData("users: [", "Kubeconfig: '", "not YAML at line")]
    public async Task Kubeconfig_ThatCannotBeUsed_IsRefusedAtTheStart(string users, string place, string said)
    {
        var path = Path.Combine(_folder, "kubeconfig");
        await File.WriteAllTextAsync(path, $"clusters: [{{name: fake, cluster: {{server: \"https://127.0.0.1:9\"}}}}]\ncontexts: [{{name: fake, context: {{cluster: fake, user: me}}}}]\ncurrent-context: fake\n{users}\n", Token);
        await using var services = TestCluster.Build(path);

        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<ISky>());

        failure.Failures.Single().ShouldStartWith("SkyCompat:Clouds:kube:Kubernetes:" + place);
        failure.Failures.Single().ShouldContain(said);
        failure.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Configuration_WithMistakes_NamesThemAndTheChoices()
    {
        await using var server = new FakeApiServer(_ => (404, "{}"));
        var kubeconfig = server.WriteKubeconfig(_folder);
        await using var services = TestCluster.Build(
            kubeconfig, "Bad_Namespace", new("SkyCompat:Clouds:kube:Kubernetes:Context", "fakee"), new("SkyCompat:Clouds:kube:Kubernetes:Kubeconfg", "x"), new("SkyCompat:Clusters:test:Cloud", "kubee"), new("SkyCompat:Clusters:test:Nam", "x"));

        var failures = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<ISky>()).Failures.ToList();

        failures.ShouldContain(text => text.StartsWith("SkyCompat:Clouds:kube:Kubernetes:Kubeconfg: unknown key. Did you mean 'Kubeconfig'?", StringComparison.Ordinal));
        failures.ShouldContain(text => text.StartsWith("SkyCompat:Clusters:test:Cloud: there is no cloud 'kubee'. Did you mean 'kube'?", StringComparison.Ordinal));
        failures.ShouldContain(text => text.StartsWith("SkyCompat:Clusters:test:Nam: unknown key. Did you mean 'Name'?", StringComparison.Ordinal));
        failures.ShouldContain(text => text.StartsWith("SkyCompat:Clusters:test:Namespace: 'Bad_Namespace' is not a namespace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Context_ThatThereIsNot_NamesThoseThereAre()
    {
        await using var server = new FakeApiServer(_ => (404, "{}"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder), null, new KeyValuePair<string, string?>("SkyCompat:Clouds:kube:Kubernetes:Context", "fakee"));

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<ISky>()).Failures.Single()
            .ShouldBe($"SkyCompat:Clouds:kube:Kubernetes:Context: '{_folder}/kubeconfig' has no context 'fakee'. Contexts: fake.");
    }

    [Fact]
    public async Task WithoutAddKubernetes_WorkloadsSayWhatToCall()
    {
        await using var server = new FakeApiServer(_ => (404, "{}"));
        var services = new ServiceCollection();
        services.AddSkyCompat().AddKubernetes().AddCloud("kube", "Kubernetes").AddCluster("test", cluster => cluster.Cloud = "kube");
        services.Configure<SkyCompat.Kubernetes.KubernetesOptions>("kube", options => options.Kubeconfig = server.WriteKubeconfig(_folder));
        services.RemoveAt(services.ToList().FindIndex(service => service.ServiceType == typeof(SkyCompat.Hosting.WorkloadDriverFactory)));
        await using var provider = services.BuildServiceProvider();

        var failure = Should.Throw<CloudException>(() => provider.GetRequiredService<ISky>().GetCluster("test").GetWorkloads());

        failure.Code.ShouldBe(CloudErrorCode.Unsupported);
        failure.Message.ShouldContain("AddKubernetes()");
        provider.GetRequiredKeyedService<ICluster>("test").Name.ShouldBe("kube");
        Should.Throw<CloudException>(() => provider.GetRequiredService<ISky>().GetCluster("testt")).Message.ShouldContain("Did you mean 'test'?");
    }
}
